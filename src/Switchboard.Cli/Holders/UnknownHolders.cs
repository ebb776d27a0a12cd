namespace Switchboard.Cli.Holders;

/// <summary>Knows nobody, where the system cannot be asked.</summary>
internal sealed class UnknownHolders : IPortHolders
{
    public PortHolder? Find(Endpoint endpoint) => null;
}
