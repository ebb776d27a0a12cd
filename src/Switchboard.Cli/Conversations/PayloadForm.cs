namespace Switchboard.Cli.Conversations;

/// <summary>How bytes of a peer are written.</summary>
internal enum PayloadForm
{
    /// <summary>As they are: for files and other programs.</summary>
    Raw,

    /// <summary>With control characters shown and not obeyed: for terminals.</summary>
    Visible,
}
