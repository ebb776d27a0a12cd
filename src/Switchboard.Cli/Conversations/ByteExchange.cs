namespace Switchboard.Cli.Conversations;

/// <summary>Bytes as they come and go.</summary>
/// <param name="connection">Stays open when this is disposed.</param>
internal sealed class ByteExchange(Connection connection) : IExchange
{
    private const int BufferBytes = 64 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];

    public ValueTask SendAsync(ReadOnlyMemory<byte> piece) => connection.SendAsync(piece);

    public ValueTask CompleteSendingAsync() => connection.CompleteSendingAsync();

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var count = await connection.ReceiveAsync(_buffer, cancellationToken);

        // Not a conditional expression: in one, null would become an empty piece.
        if (count == 0)
        {
            return null;
        }

        return _buffer.AsMemory(0, count);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
