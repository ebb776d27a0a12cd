namespace Switchboard.Tests.Transports.SharedMemory;

/// <summary>A wire whose peer is whoever a test says.</summary>
internal sealed class StrangerWire(Wire inner, PeerCredentials credentials) : Wire
{
    public override Endpoint Local => inner.Local;

    public override Endpoint Remote => inner.Remote;

    public override PeerCredentials? PeerCredentials => credentials;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(buffer, cancellationToken);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        inner.SendAsync(bytes, cancellationToken);

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) =>
        inner.CompleteSendingAsync(cancellationToken);

    public override void CancelReceive() => inner.CancelReceive();

    public override void Close() => inner.Close();

    public override void Abort() => inner.Abort();
}
