using System.Buffers;
using System.Runtime.CompilerServices;

namespace Switchboard.Cli.Conversations;

/// <summary>Other pieces with a carriage return before every line feed that has none.</summary>
/// <param name="inner">The bytes, cut anywhere.</param>
internal sealed class CrlfPieces(IPieces inner) : IPieces
{
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken stopping)
    {
        var converted = new ArrayBufferWriter<byte>();
        var last = default(byte);
        await foreach (var piece in inner.ReadAllAsync(stopping))
        {
            converted.ResetWrittenCount();
            last = Convert(piece.Span, last, converted);
            yield return converted.WrittenMemory;
        }
    }

    /// <returns>The piece's last byte, which the next piece needs to know.</returns>
    private static byte Convert(ReadOnlySpan<byte> piece, byte last, ArrayBufferWriter<byte> converted)
    {
        foreach (var value in piece)
        {
            if (value == LineFeed && last != CarriageReturn)
            {
                converted.Write([CarriageReturn]);
            }

            converted.Write([value]);
            last = value;
        }

        return last;
    }
}
