namespace Switchboard.Cli.Output;

/// <summary>The value of <c>--color</c>.</summary>
internal enum ColorChoice
{
    /// <summary>On a terminal, unless NO_COLOR or TERM=dumb say otherwise; FORCE_COLOR wants it everywhere.</summary>
    Auto,
    Always,
    Never,
}
