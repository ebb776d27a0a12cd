using System.Buffers.Binary;

namespace Switchboard.Bench.Load.Generating;

/// <summary>
/// The bytes that connections send over and over: a ring of messages that differ, so that one which is lost, or comes
/// twice, or out of order, is seen in the echo.
/// </summary>
internal sealed class MessagePattern
{
    public const int MinMessageBytes = 8;

    // What is looked at in each message when not every byte is: past the length of a prefixed one.
    private const int CheckedBytes = 8;
    private const int PrefixBytes = 4;

    private readonly byte[] _bytes;
    private readonly int _messageBytes;

    public MessagePattern(Cell cell, MessageShape shape)
    {
        _messageBytes = cell.MessageBytes;

        // One more than are under way: then the next in the ring is never one that is still expected.
        Messages = cell.Depth + 1;

        // Behind the ring its beginning once more: whatever is under way lies in one piece, wherever it starts.
        _bytes = new byte[(Messages + cell.Depth) * _messageBytes];
        for (var message = 0; message < Messages + cell.Depth; message++)
        {
            Fill(_bytes.AsSpan(message * _messageBytes, _messageBytes), message % Messages, shape);
        }
    }

    /// <summary>How many messages the ring has.</summary>
    public int Messages { get; }

    /// <summary>How many bytes the ring has.</summary>
    public int RingBytes => Messages * _messageBytes;

    /// <summary>The ring, and once more as much of its beginning as can be under way.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>
    /// Whether bytes received at a position in the ring are those sent there, as far as is quickly seen.
    /// </summary>
    public bool MatchesAtFirstSight(int position, ReadOnlySpan<byte> received)
    {
        var intoMessage = position % _messageBytes;
        var at = intoMessage == 0 ? 0 : _messageBytes - intoMessage;
        for (; at < received.Length; at += _messageBytes)
        {
            var length = Math.Min(CheckedBytes, received.Length - at);
            if (!received.Slice(at, length).SequenceEqual(_bytes.AsSpan(position + at, length)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether bytes received at a position in the ring are those sent there, every one.</summary>
    public bool Matches(int position, ReadOnlySpan<byte> received) =>
        received.Length <= _bytes.Length - position
        && received.SequenceEqual(_bytes.AsSpan(position, received.Length));

    private static void Fill(Span<byte> message, int number, MessageShape shape)
    {
        // Letters only: no byte of a body is a line feed.
        for (var at = 0; at < message.Length; at++)
        {
            message[at] = (byte)('a' + ((at + (number * 7)) % 26));
        }

        switch (shape)
        {
            case MessageShape.Prefixed:
                BinaryPrimitives.WriteInt32BigEndian(message, message.Length - PrefixBytes);
                break;
            case MessageShape.Lines:
                message[^1] = (byte)'\n';
                break;
            default:
                break;
        }
    }
}
