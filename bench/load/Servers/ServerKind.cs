using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Load.Servers;

/// <summary>A server that can be measured: how it is built, and how it is started.</summary>
internal sealed record ServerKind
{
    /// <summary>Stands in an argument for the port to listen at.</summary>
    public const string Port = "{port}";

    public required string Name { get; init; }

    /// <summary>In a few words, for the report.</summary>
    public required string About { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Start { get; init; }

    /// <summary>The program that builds it, and its arguments; empty when there is nothing to build.</summary>
    public IReadOnlyList<string> Build { get; init; } = [];

    /// <summary>Added to the environment of the server.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What messages have to look like.</summary>
    public MessageShape Shape { get; init; } = MessageShape.Raw;

    /// <summary>How it is known that the server accepts connections.</summary>
    public Readiness Readiness { get; init; } = Readiness.Line;

    /// <summary>Whether it can be asked on its standard input, as <c>ControlLines</c> answers.</summary>
    public bool AnswersQuestions { get; init; }

    /// <summary>How many connections it takes at once: not every tool can be asked for hundreds.</summary>
    public int MaxConnections { get; init; } = int.MaxValue;

    /// <summary>Programs that must be on this machine.</summary>
    public IEnumerable<string> Needs => Build.Take(1).Concat(Start.Take(1)).Where(program => !program.Contains('/'));

    public bool Takes(Cell cell) => cell.Connections <= MaxConnections;
}
