namespace Switchboard.Tests;

/// <summary>Framings of every kind, with limits so small that random frames often pass them.</summary>
internal static class FramingSamples
{
    private static readonly Dictionary<string, Framing> Plain = new()
    {
        ["lines"] = Framing.Lines(maxBytes: 6),
        ["lines CRLF"] = Framing.Lines(maxBytes: 6, LineEnding.CrLf),
        ["fixed 1"] = Framing.Fixed(bytes: 1),
        ["fixed 3"] = Framing.Fixed(bytes: 3),
        ["delimited LF"] = Framing.Delimited("\n", maxBytes: 6),
        ["delimited CRLF"] = Framing.Delimited("\r\n", maxBytes: 6),
        ["delimited aa"] = Framing.Delimited("aa", maxBytes: 6),
        ["delimited aba"] = Framing.Delimited("aba", maxBytes: 6),
        ["delimited abab"] = Framing.Delimited("abab", maxBytes: 2),
        ["uint8"] = Prefixed(new LengthPrefix { Format = LengthFormat.UInt8 }),
        ["uint16 LE"] = Prefixed(new LengthPrefix { Format = LengthFormat.UInt16LittleEndian }),
        ["uint24 BE"] = Prefixed(new LengthPrefix { Format = LengthFormat.UInt24BigEndian }),
        ["uint32 BE"] = Prefixed(new LengthPrefix()),
        ["uint64 LE"] = Prefixed(new LengthPrefix { Format = LengthFormat.UInt64LittleEndian }),
        ["varint"] = Prefixed(new LengthPrefix { Format = LengthFormat.Varint }),
        ["varint, roomy"] = Framing.LengthPrefixed(maxBytes: 300, new LengthPrefix { Format = LengthFormat.Varint }),
        ["uint8 +2"] = Prefixed(new LengthPrefix { Format = LengthFormat.UInt8, Adjustment = 2 }),
        ["uint8 -1"] = Prefixed(new LengthPrefix { Format = LengthFormat.UInt8, Adjustment = -1 }),
    };

    private static readonly Dictionary<string, Framing> HeaderKept = new()
    {
        ["uint8 kept"] = Kept(LengthFormat.UInt8, offset: 1, adjustment: 0),
        ["uint16 kept, counts all"] = Kept(LengthFormat.UInt16BigEndian, offset: 2, adjustment: -4),
        ["uint16 kept +2"] = Kept(LengthFormat.UInt16LittleEndian, offset: 0, adjustment: 2),
        ["varint kept"] = Kept(LengthFormat.Varint, offset: 1, adjustment: 0),
    };

    private static readonly Dictionary<string, Framing> ToTheEnd = new()
    {
        ["until close"] = Framing.UntilClose(maxBytes: 20),
    };

    /// <summary>Framings whose frames come out as they were given.</summary>
    public static TheoryData<string> PlainNames => [.. Plain.Keys];

    /// <summary>Framings that write lengths into the frames they are given.</summary>
    public static TheoryData<string> HeaderKeptNames => [.. HeaderKept.Keys];

    public static TheoryData<string> Names => [.. Plain.Keys, .. HeaderKept.Keys, .. ToTheEnd.Keys];

    public static Framing Named(string name)
    {
        return Plain.GetValueOrDefault(name) ?? HeaderKept.GetValueOrDefault(name) ?? ToTheEnd[name];
    }

    private static Framing Prefixed(LengthPrefix prefix)
    {
        return Framing.LengthPrefixed(maxBytes: 6, prefix);
    }

    private static Framing Kept(LengthFormat format, int offset, int adjustment)
    {
        return Framing.LengthPrefixed(maxBytes: 10, new LengthPrefix
        {
            Format = format,
            Offset = offset,
            Adjustment = adjustment,
            Header = FrameHeader.Kept,
        });
    }
}
