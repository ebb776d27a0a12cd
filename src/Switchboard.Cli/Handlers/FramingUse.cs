namespace Switchboard.Cli.Handlers;

/// <summary>Whether a built-in service knows frames.</summary>
internal enum FramingUse
{
    /// <summary>It sends bytes and asks for none, or does not look at them.</summary>
    None,

    /// <summary>Without a framing it takes bytes as they come, with one it answers each frame.</summary>
    Optional,
}
