using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;

namespace Switchboard.Cli.Commands;

/// <summary><c>serve</c>: one built-in service.</summary>
internal sealed class ServeCommand : Verb
{
    private readonly Argument<BuiltIn?> _service = TextOption.Positional(
        "SERVICE", "What to serve; see below", ArgumentArity.ExactlyOne, BuiltIns.Parse,
        [.. BuiltIns.All.Select(each => each.Name)]);

    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional(
        "ENDPOINT", "Where: :PORT for this machine only, :0 for a free port (default: the service's own port)",
        ArgumentArity.ZeroOrOne, EndpointText.ToListenAt);

    private readonly PlanOptions _options = new();

    public ServeCommand()
        : base(
            "serve",
            "Run one built-in service until Ctrl-C",
            new Example("switchboard serve echo", $"send back what comes, at port {BuiltIns.FirstPort}"),
            new Example("switchboard serve reverse :0 --framing lines", "reverse every line, at a free port"),
            new Example("switchboard serve greet 0.0.0.0:7343", "greet everyone who can reach this machine"))
    {
        Arguments.Add(_service);
        Arguments.Add(_endpoint);
        Subcommands.Add(new ServeFilesCommand());
        Subcommands.Add(new ServeChatCommand());
        foreach (var option in _options.All)
        {
            Options.Add(option);
        }
    }

    public override IEnumerable<JoinedRow> Joined => _options.Joined;

    public override IReadOnlyList<string> Notes =>
    [
        "Services:",
        .. BuiltIns.All.Select(each => $"  {each.Name,-8} {each.Port}   {each.Description}"),
        "  files, chat     A folder, to browsers (7347); rooms and talks (6667): serve files --help, serve chat --help",
        "Without an endpoint it serves at the sockets it was started with (LISTEN_FDS), if there are any.",
        "At udp://host:port each of them answers datagrams; chargen with no more than was sent to it.",
        "The first Ctrl-C or SIGTERM finishes what is under way, with exit code 0; the second resets what is left.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var service = invocation.Get(_service)!;
        var plans = WhereToListen(invocation, service)
            .Select(endpoint => _options.Read(invocation.Parsed, service, endpoint));
        await using var servers = await ServerGroup.StartAsync(plans, invocation.Surroundings, invocation.Log);
        servers.Announce();
        return await servers.RunUntilStoppedAsync();
    }

    /// <summary>Where it was told to; or at the sockets it was started with; or at the service's own port.</summary>
    private IReadOnlyList<Endpoint> WhereToListen(Invocation invocation, BuiltIn service)
    {
        if (invocation.Get(_endpoint) is { } endpoint)
        {
            return [endpoint];
        }

        var activated = ReadActivated();
        if (activated.Count > 0)
        {
            return activated;
        }

        if (!string.IsNullOrEmpty(invocation.Surroundings.Variable(SocketActivation.CountVariable)))
        {
            invocation.Log.Write(new ActivationIgnoredEvent());
        }

        return [new TcpEndpoint("localhost", service.Port)];
    }

    private static IReadOnlyList<Endpoint> ReadActivated()
    {
        try
        {
            return SocketActivation.Endpoints;
        }
        catch (FormatException error)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, "the environment names sockets that cannot be.", error.Message,
                $"Unset {SocketActivation.CountVariable}, or name an endpoint."));
        }
    }
}
