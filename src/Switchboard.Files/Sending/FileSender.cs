using Switchboard.Files.Protocol;
using Switchboard.Files.Sending;
using Switchboard.Files.Tickets;

namespace Switchboard.Files;

/// <summary>
/// Sends files, folders and streams to whoever made a ticket. What the receiver has already, from a transfer that was
/// interrupted, is not sent again.
/// </summary>
public sealed class FileSender
{
    private readonly SourceTree _sources = new();
    private readonly FileSenderOptions _options;

    /// <param name="options">How to send; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the time-out is outside its range.</exception>
    public FileSender(FileSenderOptions? options = null)
    {
        _options = options ?? FileSenderOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxBytesPerSecond ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.ProofTimeout, TimeSpan.Zero, nameof(options));
        TransferLimits.ThrowIfTooShort(_options.IdleTimeout);
    }

    /// <summary>How many files are to be sent; folders do not count.</summary>
    public int Files => _sources.Sources.Count(source => source.Entry.Kind != EntryKind.Folder);

    /// <summary>The bytes of all of them; null with a stream, whose end nobody knows.</summary>
    public long? Bytes => _sources.Sources.Any(source => source.Entry.Kind == EntryKind.Stream)
        ? null
        : _sources.Sources.Sum(source => source.Entry.Size);

    /// <summary>
    /// What was met in folders and is not sent: links, which may lead anywhere, and what is neither file nor folder.
    /// </summary>
    public IReadOnlyList<string> Skipped => _sources.Skipped;

    /// <summary>Adds a file under its own name, or a folder with all that is in it.</summary>
    /// <exception cref="TransferException">
    /// It is not there, cannot be read, or has a name that every receiver refuses.
    /// </exception>
    public void Add(string path) => _sources.Add(path);

    /// <summary>Adds what a stream will bring. It is read once, and so cannot be resumed.</summary>
    /// <param name="name">What the receiver is to call it.</param>
    /// <param name="content">Read to its end; not disposed.</param>
    /// <exception cref="TransferException">The name is one that every receiver refuses.</exception>
    public void Add(string name, Stream content) => _sources.Add(name, content);

    /// <summary>Sends everything that was added, encrypted, to the receiver that made the ticket alone.</summary>
    /// <param name="ticket">The receiver's.</param>
    /// <param name="cancellationToken">Ends it; what has arrived does not have to be sent again.</param>
    /// <exception cref="TransferException">One of the ends cannot go on, or the ticket is of another run.</exception>
    /// <exception cref="ConnectionException">The connection was not made, or broke.</exception>
    public async Task<TransferResult> SendAsync(Ticket ticket, CancellationToken cancellationToken = default)
    {
        var pinned = _options.Connect with { Tls = new TlsConnectOptions { Pin = ticket.Fingerprint } };
        return await SendAsync(ticket.Endpoint, pinned, ticket.Secret, ticket.FingerprintBytes, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Sends everything that was added with nothing protected: to whoever is there, and for everybody on the way to
    /// read and change.
    /// </summary>
    /// <param name="endpoint">Of a receiver without protection.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="SendAsync(Ticket, CancellationToken)" path="/exception" />
    public Task<TransferResult> SendUnprotectedAsync(
        Endpoint endpoint, CancellationToken cancellationToken = default) =>
        SendAsync(endpoint, _options.Connect with { Tls = null }, secret: null, [], cancellationToken);

    private async Task<TransferResult> SendAsync(
        Endpoint endpoint,
        ConnectOptions connect,
        TicketSecret? secret,
        byte[] fingerprint,
        CancellationToken cancellationToken)
    {
        var connection = await Connection.ConnectAsync(endpoint, connect, cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        await GreetAsync(connection, new Greeting(secret, fingerprint), cancellationToken).ConfigureAwait(false);
        var frames = connection.Frames(Framing.LengthPrefixed(Wording.MaxFrameBytes));
        await using var __ = frames.ConfigureAwait(false);
        var time = connect.Connection.TimeProvider;
        var started = time.GetTimestamp();
        var peer = new Conversation(connection, frames, Wording.MaxControlBytes);
        var signs = new LifeSigns(peer, _options.IdleTimeout, time);
        await using var ___ = signs.ConfigureAwait(false);
        var delivery = new Delivery(peer, _sources.Sources, _options);
        var tally = await delivery.RunAsync(cancellationToken).ConfigureAwait(false);
        return tally.ToResult(time.GetElapsedTime(started));
    }

    private async ValueTask GreetAsync(Connection connection, Greeting greeting, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(_options.ProofTimeout, _options.Connect.Connection.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var frames = connection.Frames(Framing.LengthPrefixed(Wording.MaxFrameBytesBefore));
        await using var _ = frames.ConfigureAwait(false);
        try
        {
            var peer = new Conversation(connection, frames, Wording.MaxFrameBytesBefore);
            await greeting.SendAsync(peer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionTimeoutException(
                TimeoutPhase.Handshake,
                _options.ProofTimeout,
                connection.Local,
                connection.Remote,
                "the peer did not begin a transfer; it may be no receiver, or busy");
        }
    }
}
