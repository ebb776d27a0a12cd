using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Switchboard.Bench.Load.Servers;

/// <summary>Every process that was started and has not ended: none is left behind, however this program ends.</summary>
internal static class RunningServers
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Process> All = [];
    private static readonly List<PosixSignalRegistration> Signals = [];

    private static bool _isOver;

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
            // Between the end of all servers and that of this process there is a moment, and nothing starts in it.
            ObjectDisposedException.ThrowIf(_isOver, typeof(RunningServers));
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

    /// <summary>Ends them, and lets none start any more.</summary>
    public static void EndAll()
    {
        lock (Gate)
        {
            _isOver = true;
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
