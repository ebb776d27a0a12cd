using System.CommandLine;
using Switchboard.Cli.ChatServing;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;

namespace Switchboard.Cli.Commands;

/// <summary><c>serve chat</c>: rooms and private talks, for every IRC client.</summary>
internal sealed class ServeChatCommand : Verb
{
    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional(
        "ENDPOINT", $"Where: :PORT for this machine only (default :{BuiltIns.IrcPort}), 0.0.0.0:PORT for all",
        ArgumentArity.ZeroOrOne, EndpointText.ToListenAt);

    private readonly Option<IReadOnlyList<Endpoint>?> _also = TextOption.Several(
        "--also", "ENDPOINT", "Let people in there, too: tls://HOST:PORT, unix:PATH; may be there several times",
        EndpointText.ToListenAt);

    private readonly Option<string?> _name = TextOption.Create(
        "--name", "NAME", "The server's name, as clients see it (default switchboard)", text => text);

    private readonly Option<string?> _network = TextOption.Create(
        "--network", "NAME", "The chat's name, as clients see it (default Switchboard)", text => text);

    private readonly Option<string?> _motd = TextOption.Create(
        "--motd", "FILE", "Greet whoever comes with the file's lines", text => text);

    private readonly Option<string?> _database = TextOption.Create(
        "--database", "DB",
        $"Keep messages and accounts there: a file (default {ChatPlan.DefaultDatabase}), postgres://..., or memory:",
        text => text);

    private readonly Option<string?> _broker = TextOption.Create(
        "--broker", "URL",
        "Share the chat with other servers over RabbitMQ: amqp://user@host, env:NAME or @FILE; needs --name",
        text => text);

    private readonly Option<bool> _noRegister = TextOption.Flag(
        "--no-register", "Nobody makes an account by themselves");

    private readonly Option<string?> _passwordFile = TextOption.Create(
        "--server-password-file", "FILE", "Only who knows the file's first line comes in", text => text);

    private readonly Option<Endpoint?> _web = TextOption.WithOrWithoutValue<Endpoint>(
        "--web", "[ENDPOINT]", $"Let browsers in there, too, at a page of its own (default :{BuiltIns.ChatPage.Port})",
        new TcpEndpoint("localhost", BuiltIns.ChatPage.Port), EndpointText.ToListenAt);

    private readonly PlanOptions _options = new();

    public ServeChatCommand()
        : base(
            "chat",
            "Run a chat that every IRC client can join, until Ctrl-C",
            new Example("switchboard serve chat", $"for this machine, at port {BuiltIns.IrcPort}"),
            new Example("switchboard serve chat 0.0.0.0:6697 --tls --cert c.pem --key k.pem", "for all, over TLS"),
            new Example("switchboard serve chat --web", $"and to browsers, http://localhost:{BuiltIns.ChatPage.Port}/"),
            new Example("switchboard serve chat --database memory:", "and nothing of it is kept"))
    {
        Arguments.Add(_endpoint);
        foreach (var option in (Option[])[
            _also, _name, _network, _motd, _database, _broker, _noRegister, _passwordFile, _web,
            .. _options.OfWebServers])
        {
            Options.Add(option);
        }
    }

    public override string FullName => "serve chat";

    public override IReadOnlyList<string> Notes =>
    [
        "A nick is made one's own by /msg NickServ REGISTER password. Whoever has done that finds what was said to it",
        "while it was away. What people say is kept in the database, for 30 days, and is never shown here.",
        "The first Ctrl-C or SIGTERM tells everybody and finishes, with exit code 0; the second resets what is left.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var listen = invocation.Get(_endpoint) ?? new TcpEndpoint("localhost", BuiltIns.IrcPort);
        var chat = new ChatPlan
        {
            Name = invocation.Get(_name),
            Network = invocation.Get(_network),
            MotdFile = invocation.Get(_motd),
            Database = invocation.Get(_database),
            Broker = invocation.Get(_broker),
            PasswordFile = invocation.Get(_passwordFile),
            TakesRegistrations = !invocation.Get(_noRegister),
            Web = invocation.Get(_web),
        };
        var plans = _options.ReadAll(invocation.Parsed, BuiltIns.Chat, [listen, .. invocation.Get(_also) ?? []])
            .Select(plan => plan with { Chat = chat });
        await using var servers = await ServerGroup.StartAsync(plans, invocation.Surroundings, invocation.Log);
        servers.Announce();
        return await servers.RunUntilStoppedAsync();
    }
}
