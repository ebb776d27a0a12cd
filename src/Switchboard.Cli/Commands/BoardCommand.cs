using System.CommandLine;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;

namespace Switchboard.Cli.Commands;

/// <summary><c>board</c>: a page that shows the sockets of this machine as they live.</summary>
internal sealed class BoardCommand : Verb
{
    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional(
        "ENDPOINT", $"Where: :PORT for this machine only (default :{BuiltIns.Board.Port}, or a free one)",
        ArgumentArity.ZeroOrOne, EndpointText.ToListenAt);

    private readonly Option<bool> _open = TextOption.Flag("--open", "Show it in a browser at once");

    private readonly Option<string?> _engine = EngineOption.Create();

    public BoardCommand()
        : base(
            "board",
            "Show every socket of this machine, live, in a browser",
            new Example("switchboard board", "print the address to open, and go on until Ctrl-C"),
            new Example("switchboard board --open", "open it, too"),
            new Example("sudo switchboard board", "processes of other users as well"))
    {
        Arguments.Add(_endpoint);
        Options.Add(_open);
        Options.Add(_engine);
    }

    public override IReadOnlyList<string> Notes =>
    [
        "The address lets in whoever has it. Only this machine gets there, unless you name another endpoint.",
        "Of other processes it shows what the Linux kernel tells; of a program that shows the board itself, as",
        "switchboard up does, the bytes and calls as well.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var plan = new ServingPlan(BuiltIns.Board, new TcpEndpoint("localhost", BuiltIns.Board.Port))
        {
            Engine = invocation.Get(_engine),
        };
        await using var servers = await StartAsync(plan, invocation.Get(_endpoint), invocation);
        servers.Announce();
        if (invocation.Get(_open) && servers.Boards[0].Server.Url is { } url)
        {
            Browser.Open(url, invocation.Log);
        }

        return await servers.RunUntilStoppedAsync();
    }

    private static async Task<ServerGroup> StartAsync(ServingPlan plan, Endpoint? asked, Invocation invocation)
    {
        try
        {
            return await StartAtAsync(asked ?? plan.Listen);
        }
        catch (BindException error) when (error.Failure == BindFailure.InUse && asked is null)
        {
            // Another board is there already: each shows the same machine.
            return await StartAtAsync(new TcpEndpoint("localhost", 0));
        }

        Task<ServerGroup> StartAtAsync(Endpoint listen) =>
            ServerGroup.StartAsync([plan with { Listen = listen }], invocation.Surroundings, invocation.Log);
    }
}
