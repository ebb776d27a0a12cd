using System.Security.Cryptography;
using Switchboard.Files.Protocol;
using Switchboard.Files.Storing;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Receiving;

/// <summary>One conversation with a sender that has proven the ticket, from its offer to the end.</summary>
/// <param name="peer">Proven.</param>
/// <param name="tree">Where files go.</param>
/// <param name="output">Where the one file goes instead; not disposed: the next attempt goes on with it.</param>
/// <param name="options">What is taken.</param>
internal sealed class Intake(Conversation peer, TargetTree tree, StreamSink? output, FileReceiverOptions options)
    : IDisposable
{
    // A sender leaves one unfinished file at a time; more than these are begun anew.
    private const int MaxResumed = 64;
    private const long LookAtDiskBytes = 64 * 1024 * 1024;

    private readonly Dictionary<int, FileSink> _resumed = [];
    private readonly HashSet<int> _whole = [];
    private Offer _offer = null!;
    private Tally _tally = null!;

    /// <summary>Receives everything; what is whole has its name, even if this fails later.</summary>
    /// <exception cref="TransferException">
    /// This end cannot go on, and the sender has not been told; or the sender gave up.
    /// </exception>
    public async Task<Tally> RunAsync(CancellationToken cancellationToken)
    {
        _offer = await Offer.ReceiveAsync(peer, options, cancellationToken).ConfigureAwait(false);
        _tally = new Tally(options.Progress, _offer.Files, _offer.Bytes);
        await AtIndexAsync(Wording.NoIndex, () => AnswerAllAsync(cancellationToken)).ConfigureAwait(false);
        for (var index = 0; index < _offer.Entries.Count; index++)
        {
            if (_offer.Entries[index].Kind != EntryKind.Folder)
            {
                var at = index;
                await AtIndexAsync(at, () => ReceiveFileAsync(at, cancellationToken)).ConfigureAwait(false);
            }
        }

        await peer.SendAsync(MessageWriter.Done(), cancellationToken).ConfigureAwait(false);
        await peer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return _tally;
    }

    public void Dispose()
    {
        foreach (var sink in _resumed.Values)
        {
            sink.Dispose();
        }
    }

    // What the disk says gets the number of its file here, and nowhere else.
    private async ValueTask AtIndexAsync(int index, Func<ValueTask> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (TransferException error) when (error.Index == Wording.NoIndex)
        {
            error.Index = index;
            throw;
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            var name = index == Wording.NoIndex ? options.Folder : _offer.Entries[index].Name.Text;
            var meaning = StorageErrors.Explain(error, name);
            meaning.Index = index;
            throw meaning;
        }
    }

    private async ValueTask AnswerAllAsync(CancellationToken cancellationToken)
    {
        var answers = new List<Answer>();
        var toWrite = 0L;
        for (var index = 0; index < _offer.Entries.Count; index++)
        {
            var entry = _offer.Entries[index];
            var at = index;
            await AtIndexAsync(at, async () =>
            {
                answers.Add(await AnswerToAsync(at, entry, cancellationToken).ConfigureAwait(false));
                toWrite += Math.Max(0, entry.Size) - answers[^1].Bytes;
            }).ConfigureAwait(false);
        }

        ThrowIfDiskIsTooSmall(toWrite);
        foreach (var entry in _offer.Entries.Where(entry => entry.Kind == EntryKind.Folder))
        {
            tree.Make(entry.Name);
        }

        foreach (var answer in answers.Where(answer => _offer.Entries[answer.Index].Kind != EntryKind.Folder))
        {
            await peer.SendAsync(MessageWriter.Answer(answer), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<Answer> AnswerToAsync(int index, Entry entry, CancellationToken cancellationToken)
    {
        if (output is not null)
        {
            return PartOf(index, output);
        }

        var place = tree.Look(entry.Name);
        switch (place.Kind, entry.Kind)
        {
            case (PlaceKind.Nothing, EntryKind.Folder) or (PlaceKind.Folder, EntryKind.Folder):
                return NothingOf(index);
            case (PlaceKind.File, EntryKind.File) when place.Bytes == entry.Size:
                _whole.Add(index);
                return new Answer(index, AnswerKind.Whole, place.Bytes, new byte[SHA256.HashSizeInBytes]);
            case (not PlaceKind.Nothing, _):
                throw AlreadyThere(entry, place);
            default:
                return await LookForPartAsync(index, entry, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<Answer> LookForPartAsync(int index, Entry entry, CancellationToken cancellationToken)
    {
        if (entry.Kind == EntryKind.Stream || _resumed.Count == MaxResumed || !tree.HasPartial(entry.Name))
        {
            return NothingOf(index);
        }

        var sink = await FileSink.OpenAsync(tree, entry, cancellationToken).ConfigureAwait(false);
        _resumed.Add(index, sink);
        return sink.Bytes <= entry.Size ? PartOf(index, sink) : NothingOf(index);
    }

    private static Answer NothingOf(int index) =>
        new(index, AnswerKind.Nothing, 0, new byte[SHA256.HashSizeInBytes]);

    private static Answer PartOf(int index, Sink sink) =>
        sink.Bytes == 0 ? NothingOf(index) : new(index, AnswerKind.Part, sink.Bytes, sink.GetDigest());

    private void ThrowIfDiskIsTooSmall(long toWrite)
    {
        if (output is null && toWrite > 0 && tree.FreeBytes - options.Limits.MinFreeBytes is var free && toWrite > free)
        {
            throw new TransferException(
                TransferFailure.TooMuch,
                $"{toWrite} bytes are offered, and the disk has room for {Math.Max(0, free)}: "
                + $"{options.Limits.MinFreeBytes} have to stay free.");
        }
    }

    private async ValueTask ReceiveFileAsync(int index, CancellationToken cancellationToken)
    {
        var entry = _offer.Entries[index];
        var (begun, offset) = BeginOf(await NextAsync(cancellationToken).ConfigureAwait(false));
        if (begun != index)
        {
            throw Broken($"file {index} was due, and it began file {begun}");
        }

        var sink = await OpenAsync(index, entry, cancellationToken).ConfigureAwait(false);
        try
        {
            Place(sink, offset);
            _tally.Begin(entry.Name.Text, offset);
            await ReceiveChunksAsync(entry, sink, cancellationToken).ConfigureAwait(false);
            await sink.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (sink != output)
            {
                sink.Dispose();
            }
        }

        _tally.End();
        await peer.SendAsync(MessageWriter.Stored(index), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Sink> OpenAsync(int index, Entry entry, CancellationToken cancellationToken)
    {
        if (output is not null)
        {
            return output;
        }

        if (_whole.Contains(index))
        {
            return await ExistingSink.OpenAsync(tree, entry.Name, cancellationToken).ConfigureAwait(false);
        }

        if (_resumed.Remove(index, out var resumed))
        {
            return resumed;
        }

        return await FileSink.OpenAsync(tree, entry, cancellationToken).ConfigureAwait(false);
    }

    private void Place(Sink sink, long offset)
    {
        if (offset == 0)
        {
            sink.Restart();
        }
        else if (offset != sink.Bytes)
        {
            throw Broken($"it goes on at {offset}, and {sink.Bytes} bytes are here");
        }
    }

    private async ValueTask ReceiveChunksAsync(Entry entry, Sink sink, CancellationToken cancellationToken)
    {
        var nextLook = sink.Bytes + LookAtDiskBytes;
        var writing = Task.CompletedTask;
        try
        {
            while (true)
            {
                // One chunk is written while the next one comes in.
                var message = await NextAsync(cancellationToken).ConfigureAwait(false);
                await writing.ConfigureAwait(false);
                if (message.Span[0] != (byte)MessageKind.Chunk)
                {
                    Verify(entry, sink, message);
                    return;
                }

                var chunk = message[1..];
                ThrowIfTooLong(entry, sink.Bytes + chunk.Length);
                if (entry.Kind == EntryKind.Stream && sink.Bytes >= nextLook)
                {
                    nextLook = sink.Bytes + LookAtDiskBytes;
                    ThrowIfDiskIsTooSmall(1);
                }

                writing = WriteAsync(sink, chunk, cancellationToken);
            }
        }
        finally
        {
            // Nobody may let go of the file before, nor of what was received of it.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(Sink sink, ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        await sink.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        _tally.Add(chunk.Length);
    }

    private void ThrowIfTooLong(Entry entry, long bytes)
    {
        if (entry.Kind == EntryKind.File && bytes > entry.Size)
        {
            throw Broken($"\"{entry.Name}\" was to have {entry.Size} bytes, and more came");
        }

        if (entry.Kind == EntryKind.Stream && bytes > options.Limits.MaxBytes)
        {
            throw new TransferException(
                TransferFailure.TooMuch, $"More than {options.Limits.MaxBytes} bytes came.", entry.Name.Text);
        }
    }

    private void Verify(Entry entry, Sink sink, ReadOnlyMemory<byte> message)
    {
        var (size, digest) = new MessageReader(peer.Connection, message.Span).FileEnd();
        if (size != sink.Bytes || (entry.Kind == EntryKind.File && size != entry.Size))
        {
            throw Broken($"\"{entry.Name}\" ends after {size} bytes, and {sink.Bytes} are here");
        }

        if (!digest.AsSpan().SequenceEqual(sink.GetDigest()))
        {
            sink.Discard();
            throw new TransferException(
                TransferFailure.Mismatch,
                $"\"{entry.Name}\" is not what was sent: its SHA-256 is another one. It was thrown away.",
                entry.Name.Text);
        }
    }

    /// <summary>The next message, unless the sender gives up.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        var message = await peer.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        return message.Span[0] == (byte)MessageKind.GaveUp ? throw GivenUp(message) : message;
    }

    private TransferException GivenUp(ReadOnlyMemory<byte> message)
    {
        var (failure, _) = new MessageReader(peer.Connection, message.Span).GaveUp();
        var problem = failure switch
        {
            TransferFailure.Changed => "A file was changed while it was sent.",
            TransferFailure.Unreadable => "The sender could not read a file.",
            TransferFailure.Stopped => "The sender was stopped.",
            _ => "The sender gave up.",
        };
        return new TransferException(failure, problem) { IsFromPeer = true };
    }

    private (int Index, long Offset) BeginOf(ReadOnlyMemory<byte> message) =>
        new MessageReader(peer.Connection, message.Span).Begin();

    private ProtocolBrokenException Broken(string problem) => new(
        "receive", peer.Connection.Local, peer.Connection.Remote, $"the peer broke the protocol: {problem}");

    private static TransferException AlreadyThere(Entry entry, Place place) => new(
        TransferFailure.AlreadyThere,
        place.Kind switch
        {
            PlaceKind.File => $"\"{entry.Name}\" is there already, with {place.Bytes} bytes. Nothing is replaced.",
            PlaceKind.Folder => $"\"{entry.Name}\" is there already, as a folder.",
            _ => $"\"{entry.Name}\" is there already, as a link or something that is no file.",
        },
        entry.Name.Text);
}
