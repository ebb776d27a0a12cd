namespace Switchboard.Cli.Running;

/// <summary>Which standard streams are terminals. Often one is and another is not.</summary>
[Flags]
internal enum Terminals
{
    None = 0,
    Input = 1,
    Output = 2,
    Error = 4,
}
