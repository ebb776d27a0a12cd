namespace Switchboard.Cli.Output;

/// <summary>What a piece of text means; the palette decides how that looks.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Quiet,
    Good,
    Warning,
    Bad,
}
