using System.CommandLine;
using Switchboard.Chat;
using Switchboard.Cli.Chatting;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard chat</c>: takes part in a chat, on a whole terminal or in lines.</summary>
internal sealed class ChatCommand : Verb
{
    private const string DefaultEndpoint = "tcp://localhost:6667";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional(
        "ENDPOINT", $"Where the server is (default {DefaultEndpoint}); any IRC server", ArgumentArity.ZeroOrOne,
        EndpointText.ToConnectTo);

    private readonly Option<string?> _nick = TextOption.Create(
        "--nick", "NAME", "What to be called (default: the user's name)", ParseNick);

    private readonly Option<IReadOnlyList<string>?> _join = TextOption.Create(
        "--join", "ROOM[,ROOM]", "Join these rooms: tea or '#tea'", RoomNames.Parse);

    private readonly Option<string?> _to = TextOption.Create(
        "--to", "TALK", "Where lines of the input go: a room or a nick (default: the first room)", ParseNick);

    private readonly Option<string?> _name = TextOption.Create(
        "--name", "REALNAME", "What others read about this nick", text => text);

    private readonly Option<string?> _account = TextOption.Create(
        "--account", "NAME", "The account to sign in to (default: the nick)", ParseNick);

    private readonly Option<string?> _password = TextOption.Create(
        "--account-password-file", "FILE", "Sign in with the password on the first line; - asks for it", text => text);

    private readonly Option<TimeSpan?> _timeout = TextOption.Create<TimeSpan?>(
        "--timeout", "TIME", "How long connecting may take (default 5s)", text => TimeText.ParseWait(text));

    private readonly Option<string?> _engine = EngineOption.Create();

    private readonly ConnectTlsOptions _tls = new(OptionNames.Plain);

    public ChatCommand()
        : base(
            "chat",
            "Talk in the rooms of a chat server, and in private",
            new("switchboard chat --nick ada --join tea", "on this machine; /help tells the rest"),
            new("switchboard chat tls://irc.example.org:6697 --nick ada --join '#tea,#c#'", "elsewhere, with TLS"),
            new("make 2>&1 | switchboard chat --nick build --join dev", "say what a program writes"),
            new("switchboard chat --nick log --join tea --json", "everything that happens, for scripts"))
    {
        Arguments.Add(_endpoint);
        foreach (var option in (Option[])[
            _nick, _join, _to, _name, _account, _password, _timeout, _engine, .. _tls.All])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Notes =>
    [
        "On a terminal it takes the whole screen. In a pipe, lines of the input are said, and others' lines printed.",
        "The end of the input leaves the server, once it has taken everything.",
        "A lost connection is made anew; what was missed is fetched, or told as a gap where the server keeps nothing.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var plan = Plan(invocation);
        var surroundings = invocation.Surroundings;
        if (invocation.Log.Format == EventFormat.Json || !IsTerminal(surroundings))
        {
            return await new PlainChat(plan, surroundings, invocation.Log).RunAsync(invocation.Stop);
        }

        invocation.Log.SayForNow($"Connecting to {plan.Endpoint}…");
        await using var client = await ChatClient.ConnectAsync(plan.Endpoint, plan.Client, invocation.Stop);
        invocation.Log.SayForNow("");
        using var raw = RawTerminal.TryOpen() ?? throw new FailureException(new Failure(
            ExitCode.Failed, "this terminal cannot be had for itself.",
            Next: "Chat in lines: switchboard chat … | cat"));
        var screen = new ChatScreen(client, surroundings, invocation.OutputPalette);
        return await screen.RunAsync(plan, raw, invocation.Stop);
    }

    private static bool IsTerminal(Surroundings surroundings) =>
        surroundings.Terminals.HasFlag(Terminals.Input | Terminals.Output)
        && surroundings.Variable("TERM") != "dumb"
        && !OperatingSystem.IsWindows();

    private ChatPlan Plan(Invocation invocation)
    {
        var surroundings = invocation.Surroundings;
        var endpoint = invocation.Get(_endpoint) ?? DefaultEndpoint;
        var tls = _tls.Read(invocation.Parsed, endpoint, surroundings);
        if (endpoint is UdpEndpoint)
        {
            throw new FailureException(new Failure(ExitCode.Usage, $"nobody chats over datagrams: {endpoint}."));
        }

        if (_tls.WarningFor(invocation.Parsed, endpoint) is { } warning)
        {
            invocation.Log.Write(warning);
        }

        if (surroundings.Engines.FallbackOf(invocation.Get(_engine)) is { } problem)
        {
            invocation.Log.Write(new EngineFallbackEvent(problem));
        }

        var client = new ChatClientOptions
        {
            Nick = invocation.Get(_nick) ?? UsersNick(surroundings),
            RealName = invocation.Get(_name),
            Account = invocation.Get(_account),
            Password = ReadPassword(invocation, endpoint, isTls: tls is not null || endpoint is TlsEndpoint),
            Connect = new ConnectOptions
            {
                Tls = tls,
                Engine = surroundings.Engines.Choose(invocation.Get(_engine)),
                Timeout = invocation.Get(_timeout) ?? DefaultTimeout,
                Connection = new ConnectionOptions { TimeProvider = surroundings.Time },
            },
        };
        return new ChatPlan(endpoint, client, invocation.Get(_join) ?? [], invocation.Get(_to));
    }

    private string? ReadPassword(Invocation invocation, Endpoint endpoint, bool isTls)
    {
        if (invocation.Get(_password) is not { } source)
        {
            return null;
        }

        if (!isTls && endpoint is HostEndpoint { IsLoopback: false })
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"a password would go to {endpoint} in the clear.",
                "Whoever is on the way could read it.",
                "Write tls://host:port, or add --tls."));
        }

        return PasswordSource.Read(source, invocation.Surroundings);
    }

    private static string UsersNick(Surroundings surroundings)
    {
        var letters = string.Concat((surroundings.Variable("USER") ?? "").Where(char.IsAsciiLetterOrDigit));
        return letters.Length > 0 && char.IsAsciiLetter(letters[0]) ? letters : "guest";
    }

    private static string ParseNick(string text) =>
        text.Length > 0 && text[0] != ':' && text.AsSpan().IndexOfAny(" ,\r\n\0") < 0
            ? text
            : throw new FormatException("One word is expected, without commas.");
}
