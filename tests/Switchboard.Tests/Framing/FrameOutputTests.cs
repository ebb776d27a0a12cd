using System.Buffers;

namespace Switchboard.Tests;

public sealed class FrameOutputTests
{
    [Fact]
    public void A_frame_for_which_the_output_has_no_room_is_not_written_in_part()
    {
        AssertWholeOrNothing(Framing.Lines(maxBytes: 10), encodedBytes: 7);
        AssertWholeOrNothing(Framing.Fixed(bytes: 6), encodedBytes: 6);
        AssertWholeOrNothing(Framing.Delimited("<>", maxBytes: 10), encodedBytes: 8);
        AssertWholeOrNothing(Framing.LengthPrefixed(maxBytes: 10), encodedBytes: 10);
        AssertWholeOrNothing(
            Framing.LengthPrefixed(maxBytes: 10, new LengthPrefix { Offset = 2, Header = FrameHeader.Kept }),
            encodedBytes: 6);
        AssertWholeOrNothing(Framing.UntilClose(maxBytes: 10), encodedBytes: 6);
    }

    private static void AssertWholeOrNothing(Framing framing, int encodedBytes)
    {
        for (var room = 0; room <= encodedBytes; room++)
        {
            var output = new NarrowOutput(room);

            var error = Record.Exception(() => framing.Encode("abcdef"u8, output));

            Assert.Equal(room < encodedBytes, error is InvalidOperationException);
            Assert.Equal(room < encodedBytes ? 0 : encodedBytes, output.Written);
        }
    }

    /// <summary>An output with little room, which says so by throwing.</summary>
    private sealed class NarrowOutput : IBufferWriter<byte>
    {
        private readonly byte[] _room;

        public NarrowOutput(int bytes)
        {
            _room = new byte[bytes];
        }

        public int Written { get; private set; }

        public void Advance(int count)
        {
            Written += count;
        }

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            return sizeHint <= _room.Length - Written
                ? _room.AsMemory(Written)
                : throw new InvalidOperationException("No room.");
        }

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            return GetMemory(sizeHint).Span;
        }
    }
}
