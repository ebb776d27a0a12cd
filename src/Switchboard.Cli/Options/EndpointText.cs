namespace Switchboard.Cli.Options;

/// <summary>Endpoints as they are typed: those at which this process and another one can meet.</summary>
internal static class EndpointText
{
    /// <exception cref="FormatException">It is no endpoint, or nobody can be there.</exception>
    public static Endpoint ToConnectTo(string text) => ToMeetAt(text) switch
    {
        HostEndpoint { Port: 0 } => throw new FormatException("Port 0 means any free port: nobody listens there."),
        var endpoint => endpoint,
    };

    /// <exception cref="FormatException">It is no endpoint, or nobody else could reach it.</exception>
    public static Endpoint ToListenAt(string text) => ToMeetAt(text) switch
    {
        ExecEndpoint => throw new FormatException(
            "A program is started by who connects to it and cannot be listened at. Use switchboard connect."),
        var endpoint => endpoint,
    };

    /// <summary>As either end of a relay: what is neither this process's own end nor out of reach.</summary>
    /// <exception cref="FormatException">It is no endpoint, or nobody else could reach it.</exception>
    public static Endpoint ToRelay(string text) => Endpoint.Parse(text) switch
    {
        MemoryEndpoint => throw new FormatException(
            "A memory endpoint lives inside one process: no other one can reach it."),
        var endpoint => endpoint,
    };

    private static Endpoint ToMeetAt(string text) => ToRelay(text) switch
    {
        StandardEndpoint => throw new FormatException(
            "Standard input and output are this end already: nobody else is there."),
        var endpoint => endpoint,
    };
}
