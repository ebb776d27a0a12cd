using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>Asks the operating system.</summary>
internal sealed class SystemHolders : IPortHolders
{
    public PortHolder? Find(Endpoint endpoint) =>
        HolderSearch.Find(endpoint)
            .OrderBy(holder => holder.State == SocketState.Listen ? 0 : 1)
            .SelectMany(holder => holder.Processes)
            .Select(process => new PortHolder(process.Name, process.Id))
            .FirstOrDefault();
}
