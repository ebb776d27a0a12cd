using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Switchboard.Bench.Load.Servers;

/// <summary>Every process that was started and has not ended: none is left behind, however this program ends.</summary>
internal static class RunningServers
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Process> All = [];
    private static readonly List<PosixSignalRegistration> Signals = [];

    public static void EndAllOnSignal()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            // Not cancelled: the signal then does what it always does to this process itself.
            Signals.Add(PosixSignalRegistration.Create(signal, _ => EndAll()));
        }
    }

    public static Process Start(ProcessStartInfo start)
    {
        lock (Gate)
        {
            var process = Process.Start(start)!;
            All.Add(process);
            return process;
        }
    }

    public static void Forget(Process process)
    {
        lock (Gate)
        {
            All.Remove(process);
        }
    }

    public static void EndAll()
    {
        lock (Gate)
        {
            foreach (var process in All)
            {
                End(process);
            }

            All.Clear();
        }
    }

    /// <summary>Ends a process and those it has started.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
