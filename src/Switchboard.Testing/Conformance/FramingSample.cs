using System.Buffers;
using System.Text;

namespace Switchboard.Testing.Conformance;

/// <summary>A framing and frames that are hard for it: empty ones, and ones that look like its own bytes.</summary>
internal sealed class FramingSample
{
    private readonly byte[][] _frames;

    private FramingSample(string name, Framing framing, params string[] frames)
    {
        Name = name;
        Framing = framing;
        _frames = [.. frames.Select(Encoding.Latin1.GetBytes)];
        Encoded = Encode(_frames);
    }

    public static IReadOnlyList<FramingSample> All { get; } =
    [
        new("Fixed-length", Framing.Fixed(5), "hello", "\0\0\0\0\0", "world"),
        new("Line", Framing.Lines(100), "hello", "", "a\rb", "world"),
        new("Delimited", Framing.Delimited("-+-", 100), "hello", "", "+-", "--", "world"),
        new("Length-prefixed", Framing.LengthPrefixed(100), "hello", "", "\0\0\0\u0001", "world"),
    ];

    public string Name { get; }

    public Framing Framing { get; }

    /// <summary>All the frames with their framing.</summary>
    public byte[] Encoded { get; }

    /// <summary>The last frame alone.</summary>
    public byte[] EncodeLast() => Encode(_frames[^1]);

    /// <summary>Receives as many frames as there are, and compares them.</summary>
    public async Task ExpectAsync(Trial trial, FramedConnection frames, string circumstances)
    {
        for (var i = 0; i < _frames.Length; i++)
        {
            var step = $"frame {i}, {circumstances}";
            var frame = await trial.Soon(frames.ReceiveAsync(trial.Token), step);
            trial.True(frame is not null, $"{_frames[i].Length} bytes", "the end", step);
            trial.SameBytes(_frames[i], frame!.Value.Span, step);
        }
    }

    private byte[] Encode(params byte[][] frames)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var frame in frames)
        {
            Framing.Encode(frame, output);
        }

        return output.WrittenSpan.ToArray();
    }
}
