namespace Switchboard.Cli.Output;

/// <summary>Whom events are for.</summary>
internal enum EventFormat
{
    /// <summary>People: text on standard error.</summary>
    Text,

    /// <summary>Programs: one JSON object a line on standard output.</summary>
    Json,
}
