using System.Runtime.InteropServices;

namespace Switchboard.Cli.Running;

/// <summary>Hands Ctrl-C and SIGTERM to the interrupts for as long as it lives.</summary>
internal sealed class SystemSignals : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public SystemSignals(Interrupts interrupts)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);

        void Take(PosixSignalContext signal) => signal.Cancel = interrupts.Raise(signal.Signal);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }
}
