using System.Buffers;

namespace Switchboard.Tests;

/// <summary>Frames cost no memory of their own, and a length that a peer merely claims costs none either.</summary>
public sealed class FramingAllocationTests
{
    private const int Rounds = 20_000;

    private static readonly byte[] Frame = [0, 0, 0, 0, 1, 2];

    public static TheoryData<string> Names => ["lines", "fixed", "delimited", "prefixed", "varint", "kept"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoding_a_frame_allocates_nothing(string name)
    {
        var framing = Named(name);
        var bytes = framing.Encoded(Frame);
        var decoder = framing.CreateDecoder();

        Assert.Equal(0, AllocatedPerRound(() => Assert.True(TryDecodeInTwoArrivals(decoder, bytes))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encoding_a_frame_allocates_nothing(string name)
    {
        var framing = Named(name);
        var output = new ArrayBufferWriter<byte>(initialCapacity: 1024);

        var allocated = AllocatedPerRound(() =>
        {
            output.ResetWrittenCount();
            framing.Encode(Frame, output);
        });

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_million_empty_lines_are_a_million_frames_and_no_memory()
    {
        var block = new byte[1_000_000];
        block.AsSpan().Fill((byte)'\n');
        var decoder = Framing.Lines(maxBytes: 1).CreateDecoder();
        var frames = 0;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var start = 0; decoder.TryDecode(block.AsSpan(start), out var frame); start += frame.Consumed)
        {
            frames++;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(1_000_000, frames);
        Assert.Equal(0, allocated / frames);
    }

    [Fact]
    public void A_declared_length_that_is_allowed_allocates_nothing()
    {
        var framing = Framing.LengthPrefixed(int.MaxValue);
        var decoders = Enumerable.Range(0, Rounds + 1).Select(_ => framing.CreateDecoder()).ToArray();
        byte[] huge = [0x7F, 0xFF, 0xFF, 0xFF];
        var next = 0;

        Assert.Equal(0, AllocatedPerRound(() => Assert.False(decoders[next++].TryDecode(huge, out _))));
    }

    [Fact]
    public void A_declared_length_that_is_refused_allocates_little_more_than_the_error()
    {
        var decoder = Framing.LengthPrefixed(maxBytes: 1024).CreateDecoder();

        var allocated = AllocatedPerRound(
            () => Assert.Throws<FrameTooLargeException>(() => decoder.TryDecode([0x7F, 0xFF, 0xFF, 0xFF], out _)));

        Assert.InRange(allocated, 0, 16 * 1024);
    }

    private static Framing Named(string name)
    {
        return name switch
        {
            "lines" => Framing.Lines(maxBytes: 100),
            "fixed" => Framing.Fixed(Frame.Length),
            "delimited" => Framing.Delimited("\r\n", maxBytes: 100),
            "prefixed" => Framing.LengthPrefixed(maxBytes: 100),
            "varint" => Framing.LengthPrefixed(maxBytes: 100, new LengthPrefix { Format = LengthFormat.Varint }),
            _ => Framing.LengthPrefixed(maxBytes: 100, new LengthPrefix { Header = FrameHeader.Kept }),
        };
    }

    private static bool TryDecodeInTwoArrivals(FrameDecoder decoder, byte[] bytes)
    {
        return !decoder.TryDecode(bytes.AsSpan(0, 5), out _) && decoder.TryDecode(bytes, out _);
    }

    /// <summary>
    /// What one round allocates on this thread, in whole bytes, after one to warm up. The smallest object has 24: less
    /// than a byte a round is the collector's doing, which counts a thread's unused room when it runs.
    /// </summary>
    private static long AllocatedPerRound(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
