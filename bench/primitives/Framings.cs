using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace Switchboard.Bench.Primitives;

/// <summary>Frames to bytes and bytes to frames, per frame and without any connection.</summary>
[MemoryDiagnoser]
public class Framings
{
    private const int Frames = 16;
    private const int MaxFrameBytes = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _output = new(2 * 1024 * 1024);
    private Framing _framing = Framing.Lines(MaxFrameBytes);
    private FrameDecoder _decoder = Framing.Lines(MaxFrameBytes).CreateDecoder();
    private byte[] _frame = [];
    private byte[] _encoded = [];

    [ParamsAllValues]
    public FramingKind Kind { get; set; }

    /// <summary>Of one frame, without what the framing adds.</summary>
    [Params(32, 1024, 16 * 1024)]
    public int FrameBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _framing = Kind switch
        {
            FramingKind.Lines => Framing.Lines(MaxFrameBytes),
            FramingKind.LengthPrefixed => Framing.LengthPrefixed(MaxFrameBytes),
            FramingKind.Delimited => Framing.Delimited("\r\n\r\n", MaxFrameBytes),
            _ => Framing.Fixed(FrameBytes),
        };
        _decoder = _framing.CreateDecoder();
        _frame = new byte[FrameBytes];
        Array.Fill(_frame, (byte)'f');
        Encode();
        _encoded = _output.WrittenSpan.ToArray();
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Encode()
    {
        _output.ResetWrittenCount();
        for (var frame = 0; frame < Frames; frame++)
        {
            _framing.Encode(_frame, _output);
        }

        return _output.WrittenCount;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Decode()
    {
        var bytes = 0;
        var rest = _encoded.AsSpan();
        while (_decoder.TryDecode(rest, out var frame))
        {
            bytes += frame.Length;
            rest = rest[frame.Consumed..];
        }

        return bytes;
    }
}
