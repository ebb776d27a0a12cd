namespace Switchboard.Cli.Conversations;

/// <summary>Where what the peer sends goes. One writer at a time.</summary>
internal interface IPayload
{
    /// <summary>Takes a piece before it returns.</summary>
    /// <exception cref="IOException">Standard output cannot be written to.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> piece);

    /// <summary>Nothing more will come.</summary>
    ValueTask FinishAsync();

    /// <summary>Whether a terminal stands in the middle of a line; then whoever asks has to end it.</summary>
    bool TakeOpenLine();
}
