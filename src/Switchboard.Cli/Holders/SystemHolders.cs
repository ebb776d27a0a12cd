namespace Switchboard.Cli.Holders;

/// <summary>Asks the operating system.</summary>
internal sealed class SystemHolders : IPortHolders
{
    public PortHolder? Find(TcpEndpoint endpoint) =>
        HolderSearch.Find((Endpoint)endpoint)
            .OrderBy(holder => holder.State == SocketState.Listen ? 0 : 1)
            .SelectMany(holder => holder.Processes)
            .Select(process => new PortHolder(process.Name, process.Id))
            .FirstOrDefault();
}
