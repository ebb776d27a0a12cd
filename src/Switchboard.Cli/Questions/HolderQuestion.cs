using System.Net.Sockets;
using System.Net;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Questions;

/// <summary>What somebody wants to know the holders of.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Endpoint">The same as an endpoint.</param>
/// <param name="AnyAddress">Whether the port is asked for whatever the address.</param>
internal sealed record HolderQuestion(string Text, Endpoint Endpoint, bool AnyAddress)
{
    /// <summary>Reads <c>:8000</c> or <c>8000</c>, which mean every address, or an endpoint.</summary>
    /// <exception cref="FormatException">It is neither, or nobody can hold it.</exception>
    public static HolderQuestion Parse(string text)
    {
        const string AnyDatagram = "udp://:";
        var isPort = text.Length > 0 && text.All(char.IsAsciiDigit);
        var isDatagram = text.StartsWith(AnyDatagram, StringComparison.Ordinal);
        var endpoint = Endpoint.Parse(
            isPort ? ":" + text : isDatagram ? "udp://localhost:" + text[AnyDatagram.Length..] : text);
        return endpoint switch
        {
            MemoryEndpoint => throw new FormatException("A memory endpoint lives inside one process, out of sight."),
            ExecEndpoint => throw new FormatException("A program is started by who connects to it: nobody holds it."),
            StandardEndpoint => throw new FormatException("Standard input and output are each process's own."),
            SharedMemoryEndpoint shared => throw new FormatException(
                $"Ports and unix sockets can be asked for. That of {shared} is shm-{shared.Name}.sock in the folder "
                    + "switchboard of XDG_RUNTIME_DIR, or in /tmp/switchboard- and your user id; ask for its path."),
            HostEndpoint { Port: 0 } => throw new FormatException("Port 0 means any free port: nobody holds it."),
            _ => new HolderQuestion(text, endpoint, isPort || isDatagram || text.StartsWith(':')),
        };
    }

    /// <summary>Asks the system.</summary>
    /// <exception cref="FailureException">The host's name has no address.</exception>
    public async Task<IReadOnlyList<Holder>> AnswerAsync(CancellationToken stop) => Endpoint switch
    {
        HostEndpoint host when AnyAddress => HolderSearch.Find(PortQuery.For(host, addresses: null)),
        HostEndpoint { Address: null, IsLoopback: false } host =>
            HolderSearch.Find(PortQuery.For(host, await AddressesOfAsync(host, stop))),
        _ => HolderSearch.Find(Endpoint),
    };

    private static async Task<IPAddress[]> AddressesOfAsync(HostEndpoint endpoint, CancellationToken stop)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(endpoint.Host, stop);
        }
        catch (SocketException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Unreachable,
                    $"{endpoint.Host} was not found.",
                    error.Message,
                    $"To ask for a port whatever the address: switchboard who :{endpoint.Port}"),
                error);
        }
    }
}
