namespace Switchboard.Cli.Conversations;

/// <summary>The bytes as they are.</summary>
/// <param name="output">Flushed after each piece: somebody may be waiting for it.</param>
internal sealed class RawPayload(Stream output) : IPayload
{
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> piece)
    {
        await output.WriteAsync(piece);
        await output.FlushAsync();
    }

    public ValueTask FinishAsync() => ValueTask.CompletedTask;

    public bool TakeOpenLine() => false;
}
