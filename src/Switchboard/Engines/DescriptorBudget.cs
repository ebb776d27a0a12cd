using System.Globalization;

namespace Switchboard.Engines;

/// <summary>
/// How many connections this process may accept before the operating system would refuse it descriptors. Accepting
/// stops before that: a process without descriptors cannot even load the code that reports it.
/// </summary>
internal static class DescriptorBudget
{
    // For files, assemblies loaded late, and connections that the program itself makes.
    private const int Reserve = 64;

    private static readonly Lazy<SemaphoreSlim> Process = new(() => new SemaphoreSlim(Compute()));

    public static int Left => Process.Value.CurrentCount;

    public static bool TryTake() => Process.Value.Wait(0, CancellationToken.None);

    public static ValueTask TakeAsync(CancellationToken cancellationToken) =>
        TryTake() ? default : new(Process.Value.WaitAsync(cancellationToken));

    public static void GiveBack() => Process.Value.Release();

    private static int Compute()
    {
        const string Limits = "/proc/self/limits";
        const string Open = "/proc/self/fd";
        if (!File.Exists(Limits) || !Directory.Exists(Open))
        {
            // Elsewhere the accept that fails is the first to know; the listener waits then.
            return int.MaxValue;
        }

        var limit = ReadLimit(File.ReadLines(Limits));
        var left = limit - Directory.EnumerateFileSystemEntries(Open).Count() - Reserve;
        return (int)Math.Clamp(left, 1, int.MaxValue);
    }

    internal static long ReadLimit(IEnumerable<string> limits)
    {
        const string Name = "Max open files";
        var line = limits.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        var soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }
}
