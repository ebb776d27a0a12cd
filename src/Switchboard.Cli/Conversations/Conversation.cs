using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// Sends pieces to the peer and shows what comes back, until both ends have finished. The end of the pieces is a
/// half-close and not the end of the conversation; a peer that finishes first is still sent to.
/// </summary>
/// <param name="connection">Owned: closed when the conversation has ended.</param>
/// <param name="exchange">How pieces go over the connection; owned.</param>
/// <param name="outgoing">What is sent.</param>
/// <param name="transcript">What the user sees.</param>
internal sealed class Conversation(
    Connection connection,
    IExchange exchange,
    IPieces outgoing,
    Transcript transcript)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly HexDump _sent = new('>');
    private readonly HexDump _received = new('<');
    private int _first;

    public ConversationLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called when nothing more comes from the peer, while this end may still send.</summary>
    public Func<ValueTask> PeerFinished { get; init; } = () => ValueTask.CompletedTask;

    private Finisher First => (Finisher)Volatile.Read(ref _first);

    /// <summary>Talks until both ends have finished.</summary>
    /// <param name="interrupts">End it: the first in order and after a short wait, the second at once.</param>
    /// <exception cref="OperationCanceledException">A signal cut it short.</exception>
    /// <exception cref="FailureException">It gave up waiting, or bytes were lost.</exception>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    /// <exception cref="FramingException">The peer's bytes break the framing.</exception>
    /// <exception cref="IOException">The input cannot be read, or standard output not written to.</exception>
    public async Task RunAsync(Interrupts interrupts)
    {
        var ending = Ending.Failed;
        transcript.Connected(connection);
        try
        {
            await TalkAsync(interrupts);
            ending = Ending.Finished;
        }
        catch (Exception error)
        {
            ending = EndingOf(error);
            throw;
        }
        finally
        {
            transcript.Ended(new EndedEvent(connection, ending, First));
        }
    }

    private static Ending EndingOf(Exception error) => error switch
    {
        OperationCanceledException => Ending.Interrupted,
        ConnectionResetException or FailureException { InnerException: ConnectionResetException } => Ending.PeerReset,
        FailureException { Failure.ExitCode: ExitCode.TimedOut } => Ending.Idle,
        _ => Ending.Failed,
    };

    private async Task TalkAsync(Interrupts interrupts)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(interrupts.Stop);
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, interrupts.StopNow);
        using var interrupted = interrupts.Stop.Register(() =>
        {
            transcript.Interrupted(Limits.InterruptPatience);
            patience.CancelAfter(Limits.InterruptPatience);
        });
        var receiving = ReceiveAllAsync(giveUp.Token);
        var sending = SendAllAsync(leaving.Token);
        try
        {
            await FirstFailureOrBothAsync(sending, receiving).WaitAsync(giveUp.Token);
            interrupts.Stop.ThrowIfCancellationRequested();
        }
        finally
        {
            await leaving.CancelAsync();
            var both = Task.WhenAll(sending, receiving);
            await CloseAsync(both, interrupts.StopNow);
            await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FirstFailureOrBothAsync(Task sending, Task receiving)
    {
        var first = await Task.WhenAny(sending, receiving);
        if (first == sending && sending.IsFaulted)
        {
            // What the peer said before it went away may be why it went.
            await receiving.WaitAsync(LastWords, Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await first;
        await Task.WhenAll(sending, receiving);
    }

    private async Task CloseAsync(Task both, CancellationToken atOnce)
    {
        await using var aborting = atOnce.Register(connection.Abort);

        // Frames that wait are sent by the disposal of the exchange, which must not wait for a peer that reads nothing.
        if (both.IsCompletedSuccessfully)
        {
            await exchange.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    private async Task SendAllAsync(CancellationToken leaving)
    {
        try
        {
            await SendPiecesAsync(leaving);

            // Before the peer is told: it may answer by finishing itself, and be heard before this goes on.
            NoteFinished(Finisher.ThisEnd);
            if (connection.CanHalfClose)
            {
                await exchange.CompleteSendingAsync();
                transcript.FinishedSending(connection);
            }
        }
        catch (ConnectionResetException error)
        {
            throw new FailureException(WhatWasLost(), error);
        }
    }

    private async Task SendPiecesAsync(CancellationToken leaving)
    {
        try
        {
            await foreach (var piece in outgoing.ReadAllAsync(leaving))
            {
                transcript.Sending(piece, _sent);
                await exchange.SendAsync(piece);
                transcript.Sent(connection, piece);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // Whoever leaves still says goodbye.
        }
    }

    private async Task ReceiveAllAsync(CancellationToken giveUp)
    {
        while (await ReceiveAsync(giveUp) is { } piece)
        {
            await transcript.ReceivedAsync(connection, piece, _received);
        }

        NoteFinished(Finisher.Peer);
        transcript.PeerFinished(connection, First);
        await PeerFinished();
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken giveUp)
    {
        if (Limits.Idle == Timeout.InfiniteTimeSpan)
        {
            return await exchange.ReceiveAsync(giveUp);
        }

        var receiving = exchange.ReceiveAsync(giveUp).AsTask();
        while (true)
        {
            var before = connection.GetStatistics().BytesReceived;
            try
            {
                return await receiving.WaitAsync(Limits.Idle, Time, giveUp);
            }
            catch (TimeoutException) when (connection.GetStatistics().BytesReceived > before)
            {
                // A part of a frame came: the peer is slow, not idle.
            }
            catch (TimeoutException error)
            {
                throw new FailureException(Idle(), error);
            }
        }
    }

    private void NoteFinished(Finisher who) => Interlocked.CompareExchange(ref _first, (int)who, (int)Finisher.Nobody);

    private Failure Idle() => new(
        ExitCode.TimedOut,
        $"{connection.Remote} sent nothing for {TimeText.Show(Limits.Idle)}.",
        "It has not finished either: more may have come.",
        "Wait longer with --idle, or look at the peer.");

    private Failure WhatWasLost() => new(
        ExitCode.Failed,
        $"{connection.Remote} closed the connection while this end was sending.",
        $"Of {Amount.OfBytes(connection.GetStatistics().BytesSent)} sent, some did not arrive: "
        + "the peer is gone, or did not read them.");
}
