using System.Net;

namespace Switchboard.Serving.Threads;

/// <summary>
/// A wire whose operations block, when they are asked for by the thread that serves the connection: what awaits them
/// goes on at once, and so never leaves that thread. For all others it is the wire underneath.
/// </summary>
internal sealed class BlockingWire(Wire inner) : Wire
{
    [ThreadStatic]
    private static BlockingWire? _servedHere;

    public override Endpoint Local => inner.Local;

    public override Endpoint Remote => inner.Remote;

    public override PeerCredentials? PeerCredentials => inner.PeerCredentials;

    public override bool CanHalfClose => inner.CanHalfClose;

    internal override bool CloseCompletesSending => inner.CloseCompletesSending;

    internal override IPAddress? RemoteAddress => inner.RemoteAddress;

    /// <summary>From now on the calling thread serves this connection, and no other.</summary>
    public void ServeHere() => _servedHere = this;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        WaitFor(inner.ReceiveAsync(buffer, cancellationToken));

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        WaitFor(inner.SendAsync(bytes, cancellationToken));

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) =>
        inner.CompleteSendingAsync(cancellationToken);

    public override void CancelReceive() => inner.CancelReceive();

    public override void Close() => inner.Close();

    public override void Abort() => inner.Abort();

    public override void Post(IThreadPoolWorkItem work) => inner.Post(work);

    internal override int? TakeDescriptor() => inner.TakeDescriptor();

    private ValueTask<int> WaitFor(ValueTask<int> pending)
    {
        if (pending.IsCompleted || _servedHere != this)
        {
            return pending;
        }

        // Whatever it ends with is for whoever awaits it.
        var task = pending.AsTask();
        ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        return new(task);
    }
}
