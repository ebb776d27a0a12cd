using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Switchboard.Files.Protocol;
using Switchboard.Files.Tickets;

namespace Switchboard.Files.Receiving;

/// <summary>
/// Lets senders in that prove the ticket, many at once. Whoever cannot is shown out: it takes one of a few places, for
/// a short time, and nothing that it does reaches whoever waits for a sender.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "Whoever is greeted gives its place back even later.")]
internal sealed class Doorway(
    Listener listener, TicketSecret? secret, byte[] fingerprint, TransferLimits limits, TimeProvider time)
    : IDisposable
{
    private readonly Channel<ProvenPeer> _proven = Channel.CreateUnbounded<ProvenPeer>();
    private readonly SemaphoreSlim _room = new(limits.MaxUnproven);

    /// <summary>Accepts until it is told to stop, or cannot accept any more; whoever waits is told then.</summary>
    public async Task AcceptAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
                var connection = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                _ = GreetAsync(connection, cancellationToken);
            }
        }
#pragma warning disable CA1031 // Whoever waits for a sender is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _proven.Writer.TryComplete(error);
        }
    }

    /// <summary>The next sender that has proven the ticket.</summary>
    public async ValueTask<ProvenPeer> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            var peer = await _proven.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            _room.Release();
            return peer;
        }
        catch (ChannelClosedException closed) when (closed.InnerException is { } reason)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw reason;
        }
    }

    /// <summary>Completes when another sender has proven the ticket.</summary>
    public Task ComesAsync(CancellationToken cancellationToken) =>
        _proven.Reader.WaitToReadAsync(cancellationToken).AsTask();

    /// <summary>Shows out whoever is there; to be called when nobody accepts any more.</summary>
    public void Dispose()
    {
        _proven.Writer.TryComplete();
        while (_proven.Reader.TryRead(out var peer))
        {
            peer.Abort();
        }
    }

    private async Task GreetAsync(Connection connection, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limits.ProofTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            if (await TryGreetAsync(connection, either.Token).ConfigureAwait(false)
                && _proven.Writer.TryWrite(NewPeer(connection)))
            {
                return;
            }
        }
#pragma warning disable CA1031 // A stranger may say anything, and nothing of it is anybody's business here.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        connection.Abort();
        _room.Release();
    }

    private async ValueTask<bool> TryGreetAsync(Connection connection, CancellationToken cancellationToken)
    {
        // Short frames: whoever has proven nothing is lent no memory.
        var frames = connection.Frames(Framing.LengthPrefixed(Wording.MaxFrameBytesBefore));
        await using var _ = frames.ConfigureAwait(false);
        var greeting = new Greeting(secret, fingerprint);
        var peer = new Conversation(connection, frames, Wording.MaxFrameBytesBefore);
        var isProven = await greeting.ReceiveAsync(peer, cancellationToken).ConfigureAwait(false);
        await frames.FlushAsync(cancellationToken).ConfigureAwait(false);
        return isProven;
    }

    private static ProvenPeer NewPeer(Connection connection) =>
        new(connection, connection.Frames(Framing.LengthPrefixed(Wording.MaxFrameBytes)));
}
