using System.Globalization;

namespace Switchboard;

/// <summary>
/// How many connections this process may accept before the operating system would refuse it descriptors. Accepting
/// stops before that: a process without descriptors cannot even load the code that reports it. A <see cref="Server"/>
/// does so by itself; this is for whoever accepts with a <see cref="Listener"/> of their own.
/// </summary>
public static class DescriptorBudget
{
    // For files, assemblies loaded late, and connections that the program itself makes.
    private const int Reserve = 64;

    private static readonly Lazy<SemaphoreSlim> Process = new(() => new SemaphoreSlim(Compute()));

    /// <summary>How many more may be taken now.</summary>
    public static int Left => Process.Value.CurrentCount;

    /// <summary>Takes room for one connection before it is accepted, if there is some now.</summary>
    public static bool TryTake() => Process.Value.Wait(0, CancellationToken.None);

    /// <summary>Takes room for one connection before it is accepted, and waits until there is some.</summary>
    /// <param name="cancellationToken">Ends the wait; nothing was taken then.</param>
    public static ValueTask TakeAsync(CancellationToken cancellationToken) =>
        TryTake() ? default : new(Process.Value.WaitAsync(cancellationToken));

    /// <summary>Gives room back, once for each that was taken, when the connection is closed.</summary>
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
