namespace Switchboard.Cli.Conversations;

/// <summary>Each piece is a frame.</summary>
/// <param name="frames">Owned; its connection stays open when this is disposed.</param>
internal sealed class FrameExchange(FramedConnection frames) : IExchange
{
    /// <exception cref="InvalidDataException">The piece is no frame of this framing; it was not sent.</exception>
    /// <inheritdoc />
    public async ValueTask SendAsync(ReadOnlyMemory<byte> piece)
    {
        try
        {
            await frames.SendAsync(piece);
        }
        catch (Exception error) when (error is ArgumentException or FrameTooLargeException)
        {
            throw new InvalidDataException(WithoutParameter(error), error);
        }
    }

    public ValueTask CompleteSendingAsync() => frames.CompleteSendingAsync();

    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken) =>
        frames.ReceiveAsync(cancellationToken);

    public ValueTask DisposeAsync() => frames.DisposeAsync();

    // The parameter's name is of use to who calls the library, not to who typed the line.
    private static string WithoutParameter(Exception error) => error is ArgumentException { ParamName: { } name }
        ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : error.Message;
}
