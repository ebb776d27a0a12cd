namespace Switchboard.Cli.Conversations;

/// <summary>Each piece is a frame.</summary>
/// <param name="frames">Owned; its connection stays open when this is disposed.</param>
internal sealed class FrameExchange(FramedConnection frames) : IExchange
{
    public ValueTask SendAsync(ReadOnlyMemory<byte> piece) => frames.SendAsync(piece);

    public ValueTask CompleteSendingAsync() => frames.CompleteSendingAsync();

    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken) =>
        frames.ReceiveAsync(cancellationToken);

    public ValueTask DisposeAsync() => frames.DisposeAsync();
}
