namespace Switchboard.Files.Receiving;

/// <summary>
/// A stream of the user's: what has been written to it is read by somebody already, so it cannot begin anew.
/// </summary>
/// <param name="output">The user's; flushed at the end, not disposed.</param>
internal sealed class StreamSink(Stream output) : Sink
{
    public override void Restart()
    {
        if (Bytes > 0)
        {
            throw new TransferException(
                TransferFailure.Changed,
                $"After {Bytes} bytes the sender has begun with other ones, and these have been passed on already.");
        }
    }

    public override async ValueTask CommitAsync(CancellationToken cancellationToken) =>
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);

    public override void Discard()
    {
        // What was written has been read.
    }

    protected override ValueTask StoreAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken) =>
        output.WriteAsync(chunk, cancellationToken);
}
