using System.Threading.Channels;
using Switchboard.Files.Protocol;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Sending;

/// <summary>
/// One conversation with a receiver, after the greeting. What the receiver says is taken in beside the sending, so that
/// files follow each other without a wait between them.
/// </summary>
internal sealed class Delivery
{
    private static readonly TimeSpan LastWordsTimeout = TimeSpan.FromSeconds(2);

    private readonly Conversation _peer;
    private readonly IReadOnlyList<Source> _sources;
    private readonly TimeProvider _time;
    private readonly Tally _tally;
    private readonly FileFeed _feed;
    private readonly Channel<Answer> _answers = Channel.CreateUnbounded<Answer>();
    private readonly int _files;
    private int _answered;

    public Delivery(Conversation peer, IReadOnlyList<Source> sources, FileSenderOptions options)
    {
        _peer = peer;
        _sources = sources;
        _time = options.Connect.Connection.TimeProvider;
        _files = sources.Count(source => source.Entry.Kind != EntryKind.Folder);
        long? bytes = sources.Any(source => source.Entry.Kind == EntryKind.Stream)
            ? null
            : sources.Sum(source => source.Entry.Size);
        _tally = new Tally(options.Progress, _files, bytes);
        var pace = options.MaxBytesPerSecond is { } rate ? new Pace(rate, _time) : null;
        _feed = new FileFeed(peer, _tally, new Stride(Wording.ChunkBytes, _time), pace);
    }

    /// <summary>Sends everything, and waits until the receiver has stored it.</summary>
    /// <exception cref="TransferException">One of the ends cannot go on.</exception>
    /// <exception cref="ConnectionException">The connection broke.</exception>
    public async Task<Tally> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = ListenAsync(stop.Token);
        var sending = SendAllAsync(stop.Token);
        try
        {
            await Task.WhenAny(sending, listening).Unwrap().ConfigureAwait(false);
            await Task.WhenAll(sending, listening).ConfigureAwait(false);
            return _tally;
        }
        catch (Exception error)
        {
            var cause = await FindCauseAsync(error, listening).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await EndQuietlyAsync(sending).ConfigureAwait(false);
            await EndQuietlyAsync(listening).ConfigureAwait(false);
            await TellAsync(cause, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (cause != error)
            {
                throw cause;
            }

            throw;
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        await _peer.SendAsync(MessageWriter.Offer(_sources.Count), cancellationToken).ConfigureAwait(false);
        foreach (var source in _sources)
        {
            await _peer.SendAsync(MessageWriter.Entry(source.Entry), cancellationToken).ConfigureAwait(false);
        }

        for (var index = 0; index < _sources.Count; index++)
        {
            if (_sources[index].Entry.Kind != EntryKind.Folder)
            {
                var answer = await _answers.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                await _feed.SendAsync(index, _sources[index], answer, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes in what the receiver says, to its last word.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var stored = 0;
        while (true)
        {
            var message = await _peer.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            switch ((MessageKind)message.Span[0])
            {
                case MessageKind.Answer:
                    TakeAnswer(message);
                    break;
                case MessageKind.Stored:
                    stored++;
                    break;
                case MessageKind.Done when stored == _files:
                    return;
                case MessageKind.GaveUp:
                    throw GivenUp(message);
                case var kind:
                    throw Broken($"{kind} was not due");
            }
        }
    }

    private void TakeAnswer(ReadOnlyMemory<byte> message)
    {
        var answer = new MessageReader(_peer.Connection, message.Span).Answer();
        while (_answered < _sources.Count && _sources[_answered].Entry.Kind == EntryKind.Folder)
        {
            _answered++;
        }

        if (answer.Index != _answered || _answered >= _sources.Count || !Fits(answer, _sources[_answered].Entry))
        {
            throw Broken($"its answer to file {answer.Index} does not fit");
        }

        _answered++;
        _answers.Writer.TryWrite(answer);
    }

    private static bool Fits(Answer answer, Entry entry) => answer.Kind switch
    {
        AnswerKind.Nothing => answer.Bytes == 0,
        AnswerKind.Part => entry.Kind == EntryKind.Stream || answer.Bytes <= entry.Size,
        _ => answer.Bytes == entry.Size,
    };

    private TransferException GivenUp(ReadOnlyMemory<byte> message)
    {
        var (failure, index) = new MessageReader(_peer.Connection, message.Span).GaveUp();
        var name = index >= 0 && index < _sources.Count ? _sources[index].Name.Text : null;
        var about = name is null ? "" : $" \"{name}\"";
        var problem = failure switch
        {
            TransferFailure.NameRefused => $"refuses the name{about}",
            TransferFailure.TooMuch => "does not take so much",
            TransferFailure.AlreadyThere => $"has something else of that name{(name is null ? "" : ":")}{about}",
            TransferFailure.Mismatch => $"got other bytes than were sent{(name is null ? "" : " of")}{about}",
            TransferFailure.DiskFull => "has a full disk",
            TransferFailure.Denied => $"cannot write{about}",
            TransferFailure.Stopped => "was stopped",
            _ => $"gave up{about}",
        };
        return new TransferException(failure, $"The receiver {problem}.", name) { IsFromPeer = true };
    }

    private ProtocolBrokenException Broken(string problem) => new(
        "receive", _peer.Connection.Local, _peer.Connection.Remote, $"the peer broke the protocol: {problem}");

    /// <summary>A receiver that gave up has said why, behind which the connection broke for the sending.</summary>
    private async Task<Exception> FindCauseAsync(Exception error, Task listening)
    {
        if (error is not ConnectionException)
        {
            return error;
        }

        try
        {
            await listening.WaitAsync(LastWordsTimeout, _time).ConfigureAwait(false);
        }
        catch (TransferException said)
        {
            return said;
        }
        catch (Exception other) when (IsSilence(other))
        {
            // It has said nothing.
        }

        return error;
    }

    private static bool IsSilence(Exception error) =>
        error is IOException or OperationCanceledException or TimeoutException or ObjectDisposedException;

    private async Task TellAsync(Exception cause, CancellationToken cancellationToken)
    {
        var message = cancellationToken.IsCancellationRequested
            ? MessageWriter.GaveUp(TransferFailure.Stopped, Wording.NoIndex)
            : cause is TransferException { IsFromPeer: false } own ? MessageWriter.GaveUp(own.Failure, own.Index)
            : null;
        if (message is not null)
        {
            await _peer.ChunkSentAsync(LastWordsTimeout, _time).ConfigureAwait(false);
            using var timer = new CancellationTokenSource(LastWordsTimeout, _time);
            await EndQuietlyAsync(_peer.SendAsync(message, timer.Token).AsTask()).ConfigureAwait(false);
        }
    }

    private static async Task EndQuietlyAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The first failure is told; what follows from it is not.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
