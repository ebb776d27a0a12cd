namespace Switchboard.Cli.Holders;

/// <summary>Knows who listens at a port, or at a path, of this machine.</summary>
internal interface IPortHolders
{
    /// <summary>
    /// Finds the process that keeps others from listening at an endpoint, one that listens on all addresses included.
    /// Null when there is none, or when it cannot be known, as for another user's process. Never throws.
    /// </summary>
    PortHolder? Find(Endpoint endpoint);
}
