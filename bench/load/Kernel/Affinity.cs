using System.Globalization;

namespace Switchboard.Bench.Load.Kernel;

/// <summary>Which cores run what. A child inherits those of the thread that starts it.</summary>
internal static unsafe class Affinity
{
    private const int MaskBytes = 128;

    public static int Count { get; } = Environment.ProcessorCount;

    /// <summary>Moves this whole process, and whatever it starts later.</summary>
    public static void PinProcess(IReadOnlyList<int> cores)
    {
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            Pin(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), cores);
        }
    }

    /// <summary>Moves the calling thread alone.</summary>
    public static void PinThread(IReadOnlyList<int> cores) => Pin(0, cores);

    private static void Pin(int thread, IReadOnlyList<int> cores)
    {
        var mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        foreach (var core in cores)
        {
            mask[core / 8] |= (byte)(1 << (core % 8));
        }

        KernelException.Check(Libc.SetAffinity(thread, MaskBytes, mask), "sched_setaffinity");
    }
}
