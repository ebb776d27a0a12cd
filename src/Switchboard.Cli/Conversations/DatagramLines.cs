using System.Buffers;
using System.Runtime.CompilerServices;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// The lines of other pieces, with their line feeds: each becomes one datagram. What is behind the last one is a line
/// too.
/// </summary>
/// <param name="inner">The bytes, cut anywhere.</param>
internal sealed class DatagramLines(IPieces inner) : IPieces
{
    /// <summary>The most that fits into a datagram of IPv4.</summary>
    public const int MaxBytes = 65507;

    private const byte LineFeed = (byte)'\n';

    /// <exception cref="FailureException">A line is longer than a datagram can be.</exception>
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
                Append(begun, rest.Span[..(end + 1)]);
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
    private static void Append(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes - line.WrittenCount)
        {
            throw new FailureException(new Failure(
                ExitCode.Failed,
                "a line of the input is too long for one datagram.",
                $"At most {MaxBytes} bytes fit, its line feed included. It was not sent, nor what follows.",
                "Send shorter lines, or use TCP."));
        }

        line.Write(bytes);
    }
}
