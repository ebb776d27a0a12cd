using System.Runtime.InteropServices;

namespace Switchboard.Cli.Running;

/// <summary>
/// What asks the command to stop. The first time it stops in order: a client finishes, a server drains. The second
/// time it stops at once.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private const int SignalBase = 128;
    private const int SigHup = 1;
    private const int SigInt = 2;
    private const int SigTerm = 15;

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopNow = new();
    private int _count;
    private int _exitCode;

    /// <summary>Cancelled by the first signal: end in order.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Cancelled by the second signal: end at once.</summary>
    public CancellationToken StopNow => _stopNow.Token;

    /// <summary>
    /// 128 and the number of the first signal, as shells count: 129, 130 or 143; 0 while there was none.
    /// </summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    /// <summary>Takes a signal in.</summary>
    /// <returns>False from the third on: whoever does not listen by then has to be ended by the system.</returns>
    public bool Raise(PosixSignal signal)
    {
        var number = signal switch
        {
            PosixSignal.SIGHUP => SigHup,
            PosixSignal.SIGTERM => SigTerm,
            _ => SigInt,
        };
        Interlocked.CompareExchange(ref _exitCode, SignalBase + number, 0);
        switch (Interlocked.Increment(ref _count))
        {
            case 1:
                _stop.Cancel();
                return true;
            case 2:
                _stopNow.Cancel();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Frees both tokens; nothing may be raised after that.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _stopNow.Dispose();
    }
}
