using System.Runtime.InteropServices;

namespace Switchboard.Cli.Running;

/// <summary>
/// Hands Ctrl-C, SIGTERM and the terminal's end to the interrupts for as long as it lives. What the starter had told
/// the system to ignore, as nohup does, stays ignored.
/// </summary>
internal sealed class SystemSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public SystemSignals(Interrupts interrupts)
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Take))];

        void Take(PosixSignalContext signal) => signal.Cancel = interrupts.Raise(signal.Signal);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
