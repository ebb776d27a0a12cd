using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// Sends lines as datagrams and shows those that come. Nobody says that no more will come, so that only silence, or a
/// signal, ends it.
/// </summary>
/// <param name="socket">Stays open.</param>
/// <param name="plan">What was asked for on the command line.</param>
/// <param name="surroundings">Standard streams, signals, time.</param>
/// <param name="transcript">What the user sees.</param>
internal sealed class DatagramConversation(
    DatagramSocket socket, ConversationPlan plan, Surroundings surroundings, DatagramTranscript transcript)
{
    private readonly byte[] _buffer = new byte[ushort.MaxValue];
    private readonly DatagramPeers _peers = new();
    private long _sent;
    private long _received;

    /// <summary>How long nothing may come after the end of the input until it is over. No limit by default.</summary>
    public TimeSpan Silence { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>To how many of those who were heard last a line goes, where there is no one peer.</summary>
    public int Audience { get; init; } = 1;

    /// <summary>Talks until there has been silence for long enough.</summary>
    /// <exception cref="OperationCanceledException">A signal came.</exception>
    /// <exception cref="FailureException">Nothing came at all within the time that was asked for.</exception>
    /// <exception cref="ConnectionException">The peer does not listen, or the network does not take it.</exception>
    /// <exception cref="IOException">The input cannot be read, or standard output not written to.</exception>
    public async Task RunAsync(CancellationToken interrupted)
    {
        var ending = Ending.Failed;
        transcript.Began(socket);
        try
        {
            await TalkAsync(interrupted);
            ending = Ending.Finished;
        }
        catch (FailureException error) when (error.Failure.ExitCode == ExitCode.TimedOut)
        {
            ending = Ending.Idle;
            throw;
        }
        catch (OperationCanceledException)
        {
            ending = Ending.Interrupted;
            throw;
        }
        finally
        {
            await transcript.EndedAsync(new(ending, Interlocked.Read(ref _sent), _received));
        }
    }

    private async Task TalkAsync(CancellationToken interrupted)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var answer = await ReadTextAsync();
        var sending = SendAllAsync(answer, over.Token);
        try
        {
            await ReceiveUntilSilenceAsync(sending, socket.Remote is null ? answer : null, over.Token);
        }
        finally
        {
            await over.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadTextAsync()
    {
        await using var text = plan.OpenText();
        if (text is null)
        {
            return null;
        }

        // Enough to be too much for any datagram, and no more: then the socket refuses it.
        var bytes = new byte[ushort.MaxValue];
        var count = await text.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes.AsMemory(0, count);
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte>? text, CancellationToken over)
    {
        await Task.Yield();
        if (text is { } once)
        {
            if (socket.Remote is not null)
            {
                await SendAsync(once);
            }

            return;
        }

        if (socket.Remote is null)
        {
            // What was typed before anybody came would reach nobody.
            await _peers.First.WaitAsync(over);
        }

        await foreach (var line in new DatagramLines(plan.FromInput()).ReadAllAsync(over))
        {
            await SendAsync(line);
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        transcript.Sending(bytes);
        if (socket.Remote is { } peer)
        {
            await socket.SendAsync(bytes);
            NoteSent(peer, bytes);
            return;
        }

        foreach (var each in _peers.Last(Audience))
        {
            await SendToAsync(each, bytes);
        }
    }

    private async ValueTask SendToAsync(DatagramAddress peer, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await socket.SendToAsync(bytes, peer);
            NoteSent(peer.ToEndpoint(), bytes);
        }
        catch (Exception error) when (error is ConnectionException or ArgumentException)
        {
            transcript.Unsent(peer.ToEndpoint(), error.Message);
        }
    }

    private void NoteSent(Endpoint peer, ReadOnlyMemory<byte> bytes)
    {
        Interlocked.Increment(ref _sent);
        transcript.Sent(peer, bytes.Length);
    }

    private async Task ReceiveUntilSilenceAsync(Task sending, ReadOnlyMemory<byte>? answer, CancellationToken over)
    {
        Task<ReceivedDatagram>? receiving = null;
        while (true)
        {
            receiving ??= socket.ReceiveAsync(_buffer, over).AsTask();
            if (!sending.IsCompleted && plan.Limits.Idle == Timeout.InfiniteTimeSpan)
            {
                await Task.WhenAny(receiving, sending);
            }

            if (sending.IsFaulted)
            {
                await sending;
            }

            if (!receiving.IsCompleted && !sending.IsCompleted && plan.Limits.Idle == Timeout.InfiniteTimeSpan)
            {
                continue;
            }

            if (!await IsInTimeAsync(receiving, over))
            {
                return;
            }

            await TakeAsync(await receiving, answer);
            receiving = null;
        }
    }

    private async Task<bool> IsInTimeAsync(Task receiving, CancellationToken over)
    {
        var asked = plan.Limits.Idle;
        try
        {
            await receiving.WaitAsync(
                asked == Timeout.InfiniteTimeSpan ? Silence : asked, surroundings.Time, over);
            return true;
        }
        catch (TimeoutException) when (asked == Timeout.InfiniteTimeSpan || _received > 0)
        {
            return false;
        }
        catch (TimeoutException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.TimedOut,
                    $"nothing came within {TimeText.Show(asked)}.",
                    "Datagrams get lost without a word, and firewalls drop them.",
                    "Wait longer with --idle, or look at the peer."),
                error);
        }
    }

    private async ValueTask TakeAsync(ReceivedDatagram received, ReadOnlyMemory<byte>? answer)
    {
        _received++;
        _peers.Note(received.From);
        await transcript.ReceivedAsync(received, _buffer.AsMemory(0, received.Length));
        if (answer is { } bytes)
        {
            transcript.Sending(bytes);
            await SendToAsync(received.From, bytes);
        }
    }
}
