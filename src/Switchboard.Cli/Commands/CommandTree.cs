using System.CommandLine;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Commands;

/// <summary>All verbs and the options they share. Each run has a tree of its own: parsing leaves marks in it.</summary>
internal sealed class CommandTree
{
    /// <summary>What somebody should try first.</summary>
    public static readonly IReadOnlyList<Example> Examples =
    [
        new("switchboard up", "run every built-in service on this machine"),
        new("switchboard serve echo :7340", "run one of them, until Ctrl-C"),
    ];

    private static readonly ParserConfiguration Configuration = new()
    {
        // An argument that starts with @ is an argument, not the name of a file with more of them.
        ResponseFileTokenReplacer = null,
    };

    public CommandTree()
    {
        Root = new RootCommand("Sockets on the command line: serve, connect, listen, and see who holds a port");
        Root.Options.Clear();
        Root.Directives.Clear();
        Root.Options.Add(Version);
        foreach (var option in Global.All)
        {
            option.Recursive = true;
            Root.Options.Add(option);
        }

        foreach (var verb in Verbs)
        {
            Root.Subcommands.Add(verb);
        }
    }

    public RootCommand Root { get; }

    public GlobalOptions Global { get; } = new();

    public Option<bool> Version { get; } = TextOption.Flag("--version", "Show the version");

    /// <summary>In the order of the help.</summary>
    public IReadOnlyList<Verb> Verbs { get; } =
    [
        new UpCommand(),
        new ServeCommand(),
        new ConnectCommand(),
        new ListenCommand(),
        new RelayCommand(),
        new FetchCommand(),
        new SendCommand(),
        new ReceiveCommand(),
        new ChatCommand(),
        new WhoCommand(),
        new BoardCommand(),
        new LabCommand(),
        new CompletionsCommand(),
    ];

    public ParseResult Parse(IReadOnlyList<string> arguments) => 
        Root.Parse(ExecOption.Join(arguments), Configuration);
}
