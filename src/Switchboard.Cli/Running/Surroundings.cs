using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Running;

/// <summary>Everything the command knows of the world outside: a test brings its own.</summary>
internal sealed record Surroundings
{
    private const int UsualColumns = 80;
    private const int UsualRows = 24;

    /// <summary>Standard input: the payload that goes to the peer.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output: payload or JSON lines, nothing else. Writes fail once its reader is gone.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error: whatever is meant for people.</summary>
    public required Stream Error { get; init; }

    /// <summary>Ctrl-C and SIGTERM.</summary>
    public required Interrupts Interrupts { get; init; }

    /// <summary>Which of the three streams are terminals; none by default.</summary>
    public Terminals Terminals { get; init; }

    /// <summary>How many characters a line of the terminal has.</summary>
    public Func<int> Columns { get; init; } = () => UsualColumns;

    /// <summary>How many lines the terminal has.</summary>
    public Func<int> Rows { get; init; } = () => UsualRows;

    /// <summary>Looks an environment variable up; none is set by default.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Where time comes from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Knows who listens at a port.</summary>
    public IPortHolders Holders { get; init; } = new UnknownHolders();

    /// <summary>Which engines there are.</summary>
    public EngineSupply Engines { get; init; } = new();

    /// <summary>Where relative file names start.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>The real world.</summary>
    public static Surroundings OfThisProcess(Interrupts interrupts) => new()
    {
        Input = StandardDescriptors.IsGiven(StandardDescriptors.Input) ? Console.OpenStandardInput() : Stream.Null,
        Output = StandardDescriptors.IsGiven(StandardDescriptors.Output) ? StandardOutput.Open() : new ClosedOutput(),
        Error = StandardDescriptors.IsGiven(StandardDescriptors.Error) ? Console.OpenStandardError() : Stream.Null,
        Interrupts = interrupts,
        Terminals = (Console.IsInputRedirected ? Terminals.None : Terminals.Input)
            | (Console.IsOutputRedirected ? Terminals.None : Terminals.Output)
            | (Console.IsErrorRedirected ? Terminals.None : Terminals.Error),
        Columns = () => SizeOfTerminal(() => Console.WindowWidth, UsualColumns),
        Rows = () => SizeOfTerminal(() => Console.WindowHeight, UsualRows),
        Variable = Environment.GetEnvironmentVariable,
        Holders = new SystemHolders(),
    };

    private static int SizeOfTerminal(Func<int> size, int usual)
    {
        try
        {
            return size() is > 0 and var cells ? cells : usual;
        }
        catch (Exception error) when (error is IOException or PlatformNotSupportedException)
        {
            return usual;
        }
    }
}
