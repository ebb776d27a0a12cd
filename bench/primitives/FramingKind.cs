namespace Switchboard.Bench.Primitives;

/// <summary>The rules that find frames in bytes.</summary>
public enum FramingKind
{
    Lines,
    LengthPrefixed,
    Delimited,
    Fixed,
}
