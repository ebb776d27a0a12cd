using System.CommandLine;
using Switchboard.Cli.ChatServing;
using Switchboard.Cli.Configuration;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;
using Switchboard.Cli.Serving;
using Switchboard.Cli.WebFiles;

namespace Switchboard.Cli.Commands;

/// <summary><c>up</c>: everything that switchboard.json lists, or every built-in service.</summary>
internal sealed class UpCommand : Verb
{
    private const int MaxPort = 65535;

    private readonly Option<string?> _config = TextOption.Create(
        "--config", "FILE", $"What to run (default: ./{ConfigurationFile.DefaultName}, if it is there)", text => text);

    private readonly Option<int?> _portBase = TextOption.Create<int?>(
        "--port-base", "N", $"The first port of the built-in services (default {BuiltIns.FirstPort}); 0 for free ports",
        text => CountText.Parse(text, least: 0, most: MaxPort - (BuiltIns.Board.Port - BuiltIns.FirstPort)));

    private readonly Option<ServerLoop?> _loop = LoopOption.Create();

    private readonly Option<bool> _noBoard = TextOption.Flag("--no-board", "Without the page that shows it all live");

    private readonly Option<string?> _engine = EngineOption.Create();

    public UpCommand()
        : base(
            "up",
            "Run every built-in service on this machine, or what switchboard.json lists",
            new Example("switchboard up", "start, show what is where, and go on until Ctrl-C"),
            new Example("switchboard up --port-base 9000", "the same at other ports"),
            new Example("switchboard up --config lab.json", "run what a file lists"))
    {
        Options.Add(_config);
        Options.Add(_portBase);
        Options.Add(_noBoard);
        Options.Add(_loop);
        Options.Add(_engine);
    }

    public override IReadOnlyList<string> Notes =>
    [
        $"{ConfigurationFile.DefaultName} is an array; comments are welcome. An entry needs \"serve\" only:",
        """  [ { "serve": "echo", "listen": ":7340", "framing": "lines", "maxFrame": "64K",""",
        """      "maxConnections": 100, "maxPerAddress": 10, "idle": "2m", "drain": "30s",""",
        """      "loop": "async", "engine": "epoll" } ]""",
        "",
        "The first Ctrl-C or SIGTERM finishes what is under way, with exit code 0; the second resets what is left.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var (engine, loop) = (invocation.Get(_engine), invocation.Get(_loop));
        var plans = ReadPlans(invocation)
            .Where(plan => plan.Service != BuiltIns.Board || !invocation.Get(_noBoard))
            .Select(plan => plan with { Engine = engine ?? plan.Engine, Loop = LoopOf(plan, loop) });
        await using var servers = await ServerGroup.StartAsync(plans, invocation.Surroundings, invocation.Log);
        if (invocation.Log.Format == EventFormat.Json)
        {
            servers.Announce();
        }
        else if (!Server.ServesOneConnection)
        {
            ShowTable(servers, invocation);
            servers.Warn();
        }

        return await servers.RunUntilStoppedAsync();
    }

    // A chat is one for all its connections, and cannot have a process for each.
    private static ServerLoop LoopOf(ServingPlan plan, ServerLoop? wanted) =>
        plan.Chat is not null && wanted == ServerLoop.Process ? plan.Loop : wanted ?? plan.Loop;

    private IReadOnlyList<ServingPlan> ReadPlans(Invocation invocation)
    {
        var (config, portBase) = (invocation.Get(_config), invocation.Get(_portBase));
        if (config is not null && portBase is not null)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage,
                "--config and --port-base do not go together.",
                Next: "Write the ports into the file."));
        }

        var folder = invocation.Surroundings.Folder;
        if (config is null && portBase is null && File.Exists(Path.Combine(folder, ConfigurationFile.DefaultName)))
        {
            config = ConfigurationFile.DefaultName;
        }

        return config is null
            ?
            [
                .. BuiltIns.All.Select(service => new ServingPlan(service, At(service, portBase))),
                new ServingPlan(BuiltIns.Files, At(BuiltIns.Files, portBase)) { Files = new FilesPlan() },
                new ServingPlan(BuiltIns.Chat, At(BuiltIns.Chat, portBase)) { Chat = ChatPlan.InMemory },
                new ServingPlan(BuiltIns.Board, At(BuiltIns.Board, portBase)),
            ]
            : ConfigurationFile.Load(Path.Combine(folder, config), config);
    }

    private static TcpEndpoint At(BuiltIn service, int? portBase) => new("localhost", portBase switch
    {
        null => service.Port,
        0 => 0,
        { } first => first + service.Port - BuiltIns.FirstPort,
    });

    private static void ShowTable(ServerGroup servers, Invocation invocation)
    {
        var log = invocation.Log;
        var rows = servers.Servers.Select(each => (IReadOnlyList<string>)
            [each.Plan.Service.Name, $"{each.Server.Local}", each.Plan.Service.Description])
            .Concat(servers.Datagrams.Select(each => (IReadOnlyList<string>)
                [each.Plan.Service.Name, $"{each.Local}", each.Plan.Service.Description]))
            .Concat(servers.Files.Select(each => (IReadOnlyList<string>)
                [each.Plan.Service.Name, each.Url ?? $"{each.Local}", $"Shows {each.Folder} to browsers"]))
            .Concat(servers.Boards.Select(each => (IReadOnlyList<string>)
                [each.Plan.Service.Name, $"{each.Server.Local}", each.Plan.Service.Description]))
            .ToList();
        log.Say(Table.Compose(
            ["service", "endpoint", "what it does"], rows, log.Palette, invocation.Surroundings, Terminals.Error));
        if (servers.Servers.Count > 0)
        {
            log.Say($"\nTry:  {log.Palette.Paint(Tone.Strong, SafeText.Line(TryIt.For(servers.Servers)))}");
        }

        if (servers.Boards is [{ Server.Url: { } url }, ..])
        {
            log.Say($"See it:  {log.Palette.Paint(Tone.Strong, SafeText.Line(url.AbsoluteUri))}");
        }

        log.Say("Ctrl-C stops.\n");
    }
}
