using System.Collections.Concurrent;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// Conversations with everyone who connects, all at once: what is sent goes to all who are connected at that moment,
/// and what they send is shown as it comes.
/// </summary>
/// <param name="outgoing">Sent to all.</param>
/// <param name="transcript">Shows all.</param>
/// <param name="time">Times the patience with slow peers.</param>
internal sealed class OpenLine(IPieces outgoing, Transcript transcript, TimeProvider time)
{
    /// <summary>How long the others wait for a peer that makes no room for a piece, until it is dropped.</summary>
    internal static readonly TimeSpan SlowPeerPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Connection, QueuedPieces> _peers = [];
    private readonly ConcurrentDictionary<Connection, Task> _conversations = [];
    private readonly TaskCompletionSource _firstPeer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _complete;

    /// <summary>Makes the conversation with a peer that has connected.</summary>
    public required Func<Connection, IPieces, Conversation> Converse { get; init; }

    /// <summary>On what each conversation runs; by default on the engine's threads, together with the others.</summary>
    public Func<Func<Task>, Task> RunEach { get; init; } = static conversation => conversation();

    /// <summary>Serves until a signal comes; conversations that run then are brought to their ends.</summary>
    /// <exception cref="OperationCanceledException">A signal came.</exception>
    /// <exception cref="IOException">The input cannot be read, or standard output not written to.</exception>
    public async Task RunAsync(Listener listener, Interrupts interrupts)
    {
        var fatal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = SendToAllAsync(interrupts.Stop);
        var accepting = AcceptAllAsync(listener, interrupts, fatal);
        await await Task.WhenAny(accepting, fatal.Task, FailureOf(sending, interrupts.Stop));
        await Task.WhenAll(_conversations.Values);
        interrupts.Stop.ThrowIfCancellationRequested();
    }

    private async Task AcceptAllAsync(Listener listener, Interrupts interrupts, TaskCompletionSource fatal)
    {
        try
        {
            await foreach (var connection in listener.AcceptAllAsync(interrupts.Stop))
            {
                var pieces = new QueuedPieces();
                _peers[connection] = pieces;
                if (_complete)
                {
                    pieces.Complete();
                }

                var conversation = RunEach(() => ConverseAsync(connection, pieces, interrupts, fatal));
                _conversations[connection] = conversation;
                _ = ForgetWhenOverAsync(connection, conversation);
                _firstPeer.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (interrupts.Stop.IsCancellationRequested)
        {
            // The conversations end by the same signal.
        }
    }

    private async Task ConverseAsync(
        Connection connection, QueuedPieces pieces, Interrupts interrupts, TaskCompletionSource fatal)
    {
        await Task.Yield();
        try
        {
            await Converse(connection, pieces).RunAsync(interrupts);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // A signal, or too slow: both have been told.
        }
        catch (Exception error) when (error is ConnectionException or FramingException or Failures.FailureException)
        {
            transcript.Tell(new PeerDroppedEvent(connection, error.Message));
        }
#pragma warning disable CA1031 // Handed on: whoever waits for the whole gets it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            fatal.TrySetException(error);
        }
        finally
        {
            pieces.Complete();
            _peers.TryRemove(connection, out _);
        }
    }

    // Not by the conversation itself, which may be over before it is remembered.
    private async Task ForgetWhenOverAsync(Connection connection, Task conversation)
    {
        await conversation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _conversations.TryRemove(connection, out _);
    }

    private async Task SendToAllAsync(CancellationToken stop)
    {
        // What was typed before anybody came would reach nobody.
        await _firstPeer.Task.WaitAsync(stop);
        await foreach (var piece in outgoing.ReadAllAsync(stop))
        {
            var copy = piece.ToArray();
            await Task.WhenAll(_peers.Select(peer => OfferAsync(peer.Key, peer.Value, copy)));
        }

        _complete = true;
        foreach (var pieces in _peers.Values)
        {
            pieces.Complete();
        }
    }

    private async Task OfferAsync(Connection connection, QueuedPieces pieces, byte[] piece)
    {
        using var patience = new CancellationTokenSource(SlowPeerPatience, time);
        try
        {
            await pieces.AddAsync(piece, patience.Token);
        }
        catch (OperationCanceledException)
        {
            transcript.Tell(new PeerDroppedEvent(connection, "it is too slow, and the others wait for it."));
            _peers.TryRemove(connection, out _);
            connection.Abort();
        }
    }

    /// <summary>Ends only if the task fails by itself.</summary>
    private static async Task FailureOf(Task task, CancellationToken stop)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end of accepting ends the whole.
        }

        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}
