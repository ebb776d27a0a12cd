namespace Switchboard.Serving.Relays;

/// <summary>A stream: each of its frames is a datagram.</summary>
/// <param name="connection">The caller's, who closes it after this.</param>
/// <param name="framing">Where its frames end.</param>
internal sealed class FrameEnd(Connection connection, Framing framing) : IDatagramEnd, IAsyncDisposable
{
    private readonly FramedConnection _frames = connection.Frames(framing);

    public Endpoint Remote => connection.Remote;

    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken) =>
        _frames.ReceiveAsync(cancellationToken);

    public async ValueTask<Refusal?> SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        try
        {
            await _frames.SendAsync(datagram, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (FrameTooLargeException error)
        {
            return new Refusal(RelayDropReason.NotAFrame, error.Message);
        }
        catch (ArgumentException error)
        {
            return new Refusal(RelayDropReason.NotAFrame, WithoutParameter(error));
        }
    }

    public ValueTask FinishAsync(CancellationToken cancellationToken) => connection.CanHalfClose
        ? _frames.CompleteSendingAsync(cancellationToken)
        : _frames.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _frames.DisposeAsync();

    // Nobody here has passed a parameter.
    private static string WithoutParameter(ArgumentException error) =>
        error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
}
