namespace Switchboard.Cli.Holders;

/// <summary>Whose processes this user may look at.</summary>
internal enum Sight
{
    /// <summary>This user's own.</summary>
    OwnProcesses,

    /// <summary>Everybody's, as root.</summary>
    Everything,
}
