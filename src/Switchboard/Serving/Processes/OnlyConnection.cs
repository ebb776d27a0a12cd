using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Switchboard.Engines;

namespace Switchboard.Serving.Processes;

/// <summary>
/// What listens in a process that was started for one connection: it accepts that one, or, for every other start of a
/// server there, nobody.
/// </summary>
internal sealed class OnlyConnection : WireListener
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Wire? _wire;

    private OnlyConnection(Endpoint local, Wire? wire)
    {
        Local = local;
        _wire = wire;
    }

    public override Endpoint Local { get; }

    /// <summary>For the start of a server that has this name.</summary>
    public static OnlyConnection For(string start, Endpoint endpoint, Engine engine) =>
        new(endpoint, start == OwnProgram.MeantStart ? Take(engine) : null);

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _wire, null) is { } wire)
        {
            return wire;
        }

        await _closed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        throw new ObjectDisposedException(nameof(OnlyConnection), $"The listener at {Local} was closed.");
    }

    public override void Close()
    {
        _closed.TrySetResult();
        Interlocked.Exchange(ref _wire, null)?.Abort();
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The engine owns the socket.")]
    private static Wire Take(Engine engine) =>
        engine.Adopt(new Socket(new SafeSocketHandle(Descriptors.TakeOver(OwnProgram.Descriptor), ownsHandle: true)));
}
