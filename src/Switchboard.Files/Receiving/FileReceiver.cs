using Switchboard.Files.Names;
using Switchboard.Files.Protocol;
using Switchboard.Files.Receiving;
using Switchboard.Files.Storing;
using Switchboard.Files.Tickets;

namespace Switchboard.Files;

/// <summary>
/// Waits for one sender that has the ticket, and receives what it sends into a folder. Names are checked, nothing is
/// ever replaced, and a file gets its name only when it is whole, verified and on the disk. After an interruption it
/// waits for the sender again, and what has arrived does not have to be sent twice.
/// </summary>
public sealed class FileReceiver : IAsyncDisposable
{
    private static readonly TimeSpan LastWordsTimeout = TimeSpan.FromSeconds(2);

    private readonly Listener _listener;
    private readonly FileReceiverOptions _options;
    private readonly TargetTree _tree;
    private readonly TicketSecret? _secret;
    private readonly byte[] _fingerprint;
    private readonly StreamSink? _output;
    private int _isReceiving;

    private FileReceiver(
        Listener listener, FileReceiverOptions options, TargetTree tree, TicketSecret? secret, byte[] fingerprint)
    {
        _listener = listener;
        _options = options;
        _tree = tree;
        _secret = secret;
        _fingerprint = fingerprint;
        _output = options.Output is { } output ? new StreamSink(output) : null;
        Ticket = secret is null ? null : new Ticket(listener.Local, fingerprint, secret);
    }

    /// <summary>Where it waits, with the port that was taken.</summary>
    public Endpoint Local => _listener.Local;

    /// <summary>
    /// What a sender needs; null without protection. It leads to <see cref="Local"/>: where others reach this machine
    /// by another address, give them <see cref="Ticket.At"/> that one.
    /// </summary>
    public Ticket? Ticket { get; }

    private TimeProvider Time => _options.Listen.Connection.TimeProvider;

    /// <summary>Begins to listen.</summary>
    /// <param name="endpoint">Where: any stream, such as <c>tcp://localhost:0</c>.</param>
    /// <param name="options">How to receive; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    /// <exception cref="TransferException">The folder is not there, or the file's name is refused.</exception>
    /// <exception cref="BindException">The endpoint cannot be listened at.</exception>
    public static async Task<FileReceiver> StartAsync(
        Endpoint endpoint, FileReceiverOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= FileReceiverOptions.Default;
        options.Limits.ThrowIfOutOfRange();
        if (options.FileName is { } name)
        {
            _ = OfferedName.Parse(name);
        }

        var isProtected = options.Protection == Protection.Ticket;
        var certificate = isProtected ? TlsCertificate.CreateSelfSigned() : null;
        var tls = certificate is null ? null : new TlsListenOptions
        {
            Certificates = [certificate],
            HandshakeTimeout = options.Limits.ProofTimeout,
            MaxHandshakes = options.Limits.MaxUnproven,
        };
        var tree = options.OpenTree(options.Folder);
        try
        {
            var listener = await Listener
                .BindAsync(endpoint, options.Listen with { Tls = tls }, cancellationToken)
                .ConfigureAwait(false);
            var fingerprint = certificate is null ? [] : Convert.FromHexString(certificate.Fingerprint);
            return new(listener, options, tree, isProtected ? TicketSecret.Create() : null, fingerprint);
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits for a sender and receives all that it offers. One transfer at a time; a sender that comes back with the
    /// ticket takes the place of its earlier connection.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait or the transfer; what has arrived stays for the next time.</param>
    /// <exception cref="TransferException">
    /// This end cannot go on, or refuses the offer; files that were whole before have their names.
    /// </exception>
    /// <exception cref="AcceptException">It cannot be listened any more.</exception>
    /// <exception cref="InvalidOperationException">Another transfer is waited for already.</exception>
    public async Task<TransferResult> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isReceiving, 1) != 0)
        {
            throw new InvalidOperationException($"The receiver at {Local} waits for a transfer already.");
        }

        try
        {
            return await ReceiveOneAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isReceiving, 0);
        }
    }

    /// <summary>Stops listening. To be called when nothing is received any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        _tree.Dispose();
        _output?.Dispose();
    }

    private async Task<TransferResult> ReceiveOneAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var doorway = new Doorway(_listener, _secret, _fingerprint, _options.Limits, Time);
        var accepting = doorway.AcceptAllAsync(stop.Token);
        try
        {
            while (true)
            {
                var peer = await doorway.NextAsync(cancellationToken).ConfigureAwait(false);
                await using var _ = peer.ConfigureAwait(false);
                if (await TryReceiveAsync(peer, doorway, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    return result;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await accepting.ConfigureAwait(false);
        }
    }

    /// <returns>Null if the transfer was interrupted, and the sender may come back.</returns>
    private async Task<TransferResult?> TryReceiveAsync(
        ProvenPeer peer, Doorway doorway, CancellationToken cancellationToken)
    {
        using var intake = new Intake(peer.Conversation, _tree, _output, _options);
        var signs = new LifeSigns(peer.Conversation, _options.Limits.IdleTimeout, Time);
        await using var _ = signs.ConfigureAwait(false);
        try
        {
            return await ReceiveUntilAnotherComesAsync(peer, intake, doorway, cancellationToken).ConfigureAwait(false);
        }
        catch (TransferException error) when (!error.IsFromPeer)
        {
            await TellAsync(peer, error.Failure, error.Index).ConfigureAwait(false);
            throw;
        }
        catch (Exception error) when (IsInterruption(error))
        {
            peer.Abort();
            _options.Interrupted?.Invoke(error);
            return null;
        }
    }

    private async Task<TransferResult> ReceiveUntilAnotherComesAsync(
        ProvenPeer peer, Intake intake, Doorway doorway, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var isReplaced = false;
        var started = Time.GetTimestamp();
        var receiving = intake.RunAsync(stop.Token);
        var another = _secret is null ? Task.Delay(Timeout.Infinite, stop.Token) : doorway.ComesAsync(stop.Token);
        try
        {
            var first = await Task.WhenAny(receiving, another).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (isReplaced = first == another)
            {
                peer.Abort();
            }
        }
        catch (OperationCanceledException)
        {
            await StopAsync(peer, receiving).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (isReplaced && !receiving.IsCompletedSuccessfully)
        {
            throw new TransferException(
                TransferFailure.Other, "The sender has come back on another connection.") { IsFromPeer = true };
        }

        return (await receiving.ConfigureAwait(false)).ToResult(Time.GetElapsedTime(started));
    }

    /// <summary>
    /// Tells the sender, and gives it time to leave: a receive that is cut off within TLS would cut the word off, too.
    /// </summary>
    private async ValueTask StopAsync(ProvenPeer peer, Task receiving)
    {
        await TellAsync(peer, TransferFailure.Stopped, Wording.NoIndex).ConfigureAwait(false);
        await Task.WhenAny(receiving, Task.Delay(LastWordsTimeout, Time)).ConfigureAwait(false);
        peer.Abort();
    }

    private static bool IsInterruption(Exception error) => error
        is ConnectionException or FramingException or ObjectDisposedException or TransferException { IsFromPeer: true };

    private async ValueTask TellAsync(ProvenPeer peer, TransferFailure failure, int index)
    {
        using var timer = new CancellationTokenSource(LastWordsTimeout, Time);
        try
        {
            await peer.Conversation.SendAsync(MessageWriter.GaveUp(failure, index), timer.Token).ConfigureAwait(false);
            await peer.Conversation.FlushAsync(timer.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (IsInterruption(error) || error is OperationCanceledException)
        {
            // The sender is gone, or takes nothing: it will find out.
        }
    }
}
