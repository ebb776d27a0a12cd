namespace Switchboard.Cli.Holders;

/// <summary>A process that listens at a port or at a path.</summary>
/// <param name="Program">Its name, as the system tells it: text of a stranger, to be shown with care.</param>
/// <param name="ProcessId">Its number.</param>
internal sealed record PortHolder(string Program, int ProcessId)
{
    /// <summary>As people know it: <c>python3 (pid 4711)</c>.</summary>
    public override string ToString() => $"{Program} (pid {ProcessId})";
}
