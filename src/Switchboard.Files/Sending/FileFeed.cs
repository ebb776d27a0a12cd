using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Switchboard.Files.Protocol;
using Switchboard.Files.Storing;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Sending;

/// <summary>Sends one file after the other: what the receiver lacks of it, and the digest of all of it.</summary>
/// <param name="peer">Receives.</param>
/// <param name="tally">Counts.</param>
/// <param name="stride">How much is sent at once.</param>
/// <param name="pace">The rate to keep to; null for none.</param>
internal sealed class FileFeed(Conversation peer, Tally tally, Stride stride, Pace? pace)
{
    private const int BytesAt = Wording.PrefixBytes + 1;

    private readonly byte[][] _buffers = [NewBuffer(), NewBuffer()];

    private int PieceBytes => pace?.PieceBytes(stride.Bytes) ?? stride.Bytes;

    /// <exception cref="TransferException">The file cannot be read, or was changed.</exception>
    public async ValueTask SendAsync(int index, Source source, Answer answer, CancellationToken cancellationToken)
    {
        try
        {
            if (source.Content is { } content)
            {
                await SendStreamAsync(index, source, content, answer, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SendFileAsync(index, source, answer, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransferException error)
        {
            error.Index = index;
            throw;
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            throw new TransferException(
                TransferFailure.Unreadable,
                $"\"{source.Name}\" cannot be read: {error.Message}",
                source.Name.Text,
                error) { Index = index };
        }

        tally.End();
    }

    private async ValueTask SendFileAsync(
        int index, Source source, Answer answer, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(source.Path!, options: FileOptions.SequentialScan);
        ThrowIfChanged(source, file, source.Entry.Size);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var offset = await FindOffsetAsync(digest, file, answer, cancellationToken).ConfigureAwait(false);
        await BeginAsync(index, source, offset, cancellationToken).ConfigureAwait(false);
        var sent = await SendChunksAsync(
            (buffer, at) => RandomAccess.ReadAsync(file, buffer, offset + at, cancellationToken),
            source.Entry.Size - offset, digest, cancellationToken).ConfigureAwait(false);
        ThrowIfChanged(source, file, offset + sent);
        await EndAsync(source.Entry.Size, digest, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SendStreamAsync(
        int index, Source source, Stream content, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Bytes > 0)
        {
            throw new TransferException(
                TransferFailure.Unreadable,
                $"The receiver has passed on {answer.Bytes} bytes already, and \"{source.Name}\" cannot be read again.",
                source.Name.Text);
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await BeginAsync(index, source, 0, cancellationToken).ConfigureAwait(false);
        var size = await SendChunksAsync(
            (buffer, _) => new(content.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken)),
            long.MaxValue, digest, cancellationToken).ConfigureAwait(false);
        await EndAsync(size, digest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where to go on: behind what the receiver has, if it is what this file begins with.</summary>
    private static async ValueTask<long> FindOffsetAsync(
        IncrementalHash digest, SafeFileHandle file, Answer answer, CancellationToken cancellationToken)
    {
        var there = await FileDigest.AppendAsync(digest, file, answer.Bytes, cancellationToken).ConfigureAwait(false);
        if (answer.Kind == AnswerKind.Whole)
        {
            // Whether it is the same is for the receiver to find, which is told this file's digest only.
            return there;
        }

        if (answer.Kind == AnswerKind.Part && digest.GetCurrentHash().AsSpan().SequenceEqual(answer.Digest))
        {
            return there;
        }

        _ = digest.GetHashAndReset();
        return 0;
    }

    private async ValueTask BeginAsync(int index, Source source, long offset, CancellationToken cancellationToken)
    {
        tally.Begin(source.Name.Text, offset);
        await peer.SendAsync(MessageWriter.Begin(index, offset), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads the next piece and takes it into the digest while the one before is sent. A read that is under way when
    /// this fails is left to itself: standard input may bring nothing for hours.
    /// </summary>
    /// <returns>How many bytes were sent: all there were, at most <paramref name="most"/>.</returns>
    private async ValueTask<long> SendChunksAsync(
        Func<Memory<byte>, long, ValueTask<int>> read,
        long most,
        IncrementalHash digest,
        CancellationToken cancellationToken)
    {
        long sent = 0;
        var reading = ReadAsync(0);
        for (var turn = 0; ; turn++)
        {
            var count = await reading.ConfigureAwait(false);
            if (count == 0)
            {
                return sent;
            }

            var chunk = Frame(_buffers[turn % 2], count);
            sent += count;
            reading = ReadAsync(turn + 1);
            await SendChunkAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        async Task<int> ReadAsync(int turn)
        {
            var room = _buffers[turn % 2].AsMemory(BytesAt, (int)Math.Min(PieceBytes, most - sent));
            var count = room.IsEmpty ? 0 : await read(room, sent).ConfigureAwait(false);
            digest.AppendData(room.Span[..count]);
            return count;
        }
    }

    private async ValueTask SendChunkAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        if (pace is not null)
        {
            await pace.WaitAsync(chunk.Length, cancellationToken).ConfigureAwait(false);
        }

        var begunAt = stride.Begin();
        await peer.SendChunkAsync(chunk, cancellationToken).ConfigureAwait(false);
        stride.End(begunAt);
        tally.Add(chunk.Length - BytesAt);
    }

    private async ValueTask EndAsync(long size, IncrementalHash digest, CancellationToken cancellationToken) =>
        await peer.SendAsync(MessageWriter.End(size, digest.GetCurrentHash()), cancellationToken)
            .ConfigureAwait(false);

    private static void ThrowIfChanged(Source source, SafeFileHandle file, long read)
    {
        if (read != source.Entry.Size
            || RandomAccess.GetLength(file) != source.Entry.Size
            || File.GetLastWriteTimeUtc(file) != source.Changed)
        {
            throw new TransferException(
                TransferFailure.Changed,
                $"\"{source.Name}\" was changed while it was sent; send it again when it is left alone.",
                source.Name.Text);
        }
    }

    private static byte[] NewBuffer() => new byte[BytesAt + Wording.ChunkBytes];

    /// <summary>The frame around the bytes that were read: they were left room for it.</summary>
    private static ReadOnlyMemory<byte> Frame(byte[] buffer, int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer, 1 + count);
        buffer[Wording.PrefixBytes] = (byte)MessageKind.Chunk;
        return buffer.AsMemory(0, BytesAt + count);
    }
}
