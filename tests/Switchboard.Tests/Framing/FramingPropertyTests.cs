using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace Switchboard.Tests;

/// <summary>What holds for every framing, whatever the bytes and however they arrive.</summary>
public sealed class FramingPropertyTests
{
    // Few different bytes, and mostly those that mean something to one framing or another.
    private static readonly Gen<byte> AnyByte = Gen.Frequency(
        (9, Gen.Elements("\0\u0001\u0002\u0004ab\r\n\u0080".Select(character => (byte)character))),
        (1, Gen.Choose(0, 255).Select(value => (byte)value)));

    private static readonly Arbitrary<byte[]> AnyBytes =
        Arb.From(AnyByte.ArrayOf(), ArbMap.Default.ArbFor<byte[]>().Shrinker);

    private static readonly Arbitrary<byte[][]> AnyFrames = Arb.From(
        Gen.Choose(0, 11).SelectMany(length => AnyByte.ArrayOf(length)).ArrayOf(),
        ArbMap.Default.ArbFor<byte[][]>().Shrinker);

    private static readonly Arbitrary<int> AnySeed = Arb.From(Gen.Choose(0, int.MaxValue - 1));

    public static TheoryData<string> PlainNames => FramingSamples.PlainNames;

    public static TheoryData<string> HeaderKeptNames => FramingSamples.HeaderKeptNames;

    public static TheoryData<string> Names => FramingSamples.Names;

    [Theory]
    [MemberData(nameof(PlainNames))]
    public void What_is_sent_comes_out_again_and_what_is_refused_leaves_no_byte(string name)
    {
        var framing = FramingSamples.Named(name);

        SeededProperty.Check(Prop.ForAll(AnyFrames, AnySeed, (frames, seed) =>
        {
            var output = new ArrayBufferWriter<byte>();
            byte[][] sent = [.. frames.Where(frame => TryEncode(framing, frame, output))];

            var decoded = Decoding.DecodeAll(framing, Pieces(output.WrittenSpan, seed));

            Assert.Equal(new Decoded(sent, Error: null).AsHex, decoded.AsHex);
        }));
    }

    [Theory]
    [MemberData(nameof(HeaderKeptNames))]
    public void A_frame_with_its_header_comes_out_as_it_was_written_and_can_be_sent_on(string name)
    {
        var framing = FramingSamples.Named(name);

        SeededProperty.Check(Prop.ForAll(AnyFrames, AnySeed, (frames, seed) =>
        {
            var output = new ArrayBufferWriter<byte>();
            var sent = frames.Count(frame => TryEncode(framing, frame, output));

            var decoded = Decoding.DecodeAll(framing, Pieces(output.WrittenSpan, seed));

            Assert.Null(decoded.Error);
            Assert.Equal(sent, decoded.Frames.Count);
            Assert.Equal(output.WrittenSpan.ToArray(), decoded.Frames.SelectMany(frame => frame));
            Assert.Equal(output.WrittenSpan.ToArray(), decoded.Frames.SelectMany(framing.Encoded));
        }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_bytes_mean_the_same_however_they_arrive_and_only_framing_errors_escape(string name)
    {
        var framing = FramingSamples.Named(name);

        SeededProperty.Check(Prop.ForAll(AnyBytes, AnySeed, (bytes, seed) => AssertMeansTheSame(framing, bytes, seed)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Frames_with_one_wrong_byte_mean_the_same_however_they_arrive(string name)
    {
        var framing = FramingSamples.Named(name);

        SeededProperty.Check(Prop.ForAll(AnyFrames, AnySeed, (frames, seed) =>
        {
            var output = new ArrayBufferWriter<byte>();
            _ = frames.Count(frame => TryEncode(framing, frame, output));

            AssertMeansTheSame(framing, WithOneWrongByte(output.WrittenSpan, new Random(seed)), seed);
        }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_frame_passes_the_maximum(string name)
    {
        var framing = FramingSamples.Named(name);

        SeededProperty.Check(Prop.ForAll(AnyBytes, AnySeed, (bytes, seed) =>
        {
            var decoded = Decoding.DecodeAll(framing, Pieces(bytes, seed));

            Assert.All(decoded.Frames, frame => Assert.InRange(frame.Length, 0, framing.MaxFrameBytes));
        }));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("aa")]
    [InlineData("aba")]
    [InlineData("abab")]
    public void A_delimiter_is_found_where_a_naive_search_finds_it(string delimiter)
    {
        var framing = Framing.Delimited(delimiter, maxBytes: 6);

        SeededProperty.Check(Prop.ForAll(AnyBytes, AnySeed, (bytes, seed) => Assert.Equal(
            NaiveSearch.Delimited(FrameBytes.Of(delimiter), maxBytes: 6, bytes),
            Decoding.DecodeAll(framing, Pieces(bytes, seed)).AsHex)));
    }

    [Fact]
    public void Lines_end_where_a_naive_search_ends_them()
    {
        var framing = Framing.Lines(maxBytes: 6);

        SeededProperty.Check(Prop.ForAll(AnyBytes, AnySeed, (bytes, seed) => Assert.Equal(
            NaiveSearch.Lines(maxBytes: 6, bytes),
            Decoding.DecodeAll(framing, Pieces(bytes, seed)).AsHex)));
    }

    private static void AssertMeansTheSame(Framing framing, byte[] bytes, int seed)
    {
        var whole = Decoding.DecodeAll(framing, [bytes]).AsHexWithMessage;

        Assert.Equal(whole, Decoding.DecodeAll(framing, Pieces(bytes, seed)).AsHexWithMessage);
        Assert.Equal(whole, Decoding.DecodeAll(framing, Arrivals.ByteByByte(bytes)).AsHexWithMessage);
    }

    private static bool TryEncode(Framing framing, byte[] frame, ArrayBufferWriter<byte> output)
    {
        var before = output.WrittenCount;
        try
        {
            framing.Encode(frame, output);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or FrameTooLargeException)
        {
            Assert.Equal(before, output.WrittenCount);
            return false;
        }
    }

    private static IEnumerable<byte[]> Pieces(ReadOnlySpan<byte> bytes, int seed)
    {
        return Arrivals.InPieces(bytes.ToArray(), new Random(seed));
    }

    private static byte[] WithOneWrongByte(ReadOnlySpan<byte> bytes, Random random)
    {
        var wrong = bytes.ToArray();
        if (wrong.Length > 0)
        {
            wrong[random.Next(wrong.Length)] = (byte)random.Next(256);
        }

        return wrong;
    }
}
