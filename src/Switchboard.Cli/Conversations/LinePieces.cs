using System.Buffers;
using System.Runtime.CompilerServices;

namespace Switchboard.Cli.Conversations;

/// <summary>The lines of other pieces, without their line feeds. What is behind the last one is a line too.</summary>
/// <param name="inner">The bytes, cut anywhere.</param>
/// <param name="maxLineBytes">The most bytes that one line may have.</param>
internal sealed class LinePieces(IPieces inner, int maxLineBytes) : IPieces
{
    private const byte LineFeed = (byte)'\n';

    /// <exception cref="InvalidDataException">A line is longer than allowed.</exception>
    /// <inheritdoc />
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken stopping)
    {
        var begun = new ArrayBufferWriter<byte>();
        await foreach (var piece in inner.ReadAllAsync(stopping))
        {
            var rest = piece;
            for (var end = rest.Span.IndexOf(LineFeed); end >= 0; end = rest.Span.IndexOf(LineFeed))
            {
                Append(begun, rest.Span[..end]);
                rest = rest[(end + 1)..];
                yield return begun.WrittenMemory;
                begun.ResetWrittenCount();
            }

            Append(begun, rest.Span);
        }

        if (begun.WrittenCount > 0)
        {
            yield return begun.WrittenMemory;
        }
    }

    // Checked before the line is whole: input without a line feed would otherwise fill our memory.
    private void Append(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > maxLineBytes - line.WrittenCount)
        {
            throw new InvalidDataException(
                $"A line of the input is longer than the {maxLineBytes} bytes that a frame may have.");
        }

        line.Write(bytes);
    }
}
