namespace Switchboard.Cli.Conversations;

/// <summary>A connection that takes and gives pieces: bytes as they are, or frames.</summary>
internal interface IExchange : IAsyncDisposable
{
    /// <summary>Sends one piece: the whole of it.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> piece);

    /// <summary>Tells the peer that nothing more will come.</summary>
    ValueTask CompleteSendingAsync();

    /// <summary>Receives the next piece, borrowed until the next receive; null when the peer has finished.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken);
}
