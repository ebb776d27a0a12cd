using System.Globalization;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Planning;

/// <summary>What was asked for on the command line. What is null is the verb's own choice.</summary>
internal sealed record LoadOptions
{
    public const string Grid = "grid";

    private const int MaxRounds = 100;
    private const double MaxSeconds = 600;
    private const int MaxMebibytes = 16 * 1024;
    private const long BytesPerMebibyte = 1024 * 1024;

    public string Verb { get; init; } = Grid;

    /// <summary>What makes the same run again.</summary>
    public required string CommandLine { get; init; }

    public IReadOnlyList<ServerKind>? Servers { get; init; }

    public IReadOnlyList<Cell>? Cells { get; init; }

    public int? Rounds { get; init; }

    /// <summary>Of one measurement.</summary>
    public TimeSpan? Measured { get; init; }

    /// <summary>Before the first measurement of a server that has just started.</summary>
    public TimeSpan? WarmUp { get; init; }

    public int? Count { get; init; }

    /// <summary>Of a file.</summary>
    public long? Bytes { get; init; }

    public string? Out { get; init; }

    public Cores Cores { get; init; } = Cores.Default;

    public ByteCheck Check { get; init; } = ByteCheck.FirstBytes;

    /// <exception cref="UsageException">An option is none, or its value is.</exception>
    public static LoadOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LoadOptions
        {
            CommandLine = string.Join(' ', ["dotnet run -c Release --project bench/load --", .. arguments]),
        };
        var rest = new Queue<string>(arguments);
        if (rest.TryPeek(out var first) && !first.StartsWith('-'))
        {
            options = options with { Verb = rest.Dequeue() };
        }

        while (rest.TryDequeue(out var name))
        {
            options = name == "--verify"
                ? options with { Check = ByteCheck.EveryByte }
                : options.With(name, rest.TryDequeue(out var value) ? value : throw Needed(name));
        }

        return options;
    }

    private LoadOptions With(string name, string value) => name switch
    {
        "--servers" => this with { Servers = [.. value.Split(',').Select(ParseServer)] },
        "--cells" => this with { Cells = [.. value.Split(',').Select(ParseCell)] },
        "--rounds" => this with { Rounds = ParseNumber(name, value, MaxRounds) },
        "--seconds" => this with { Measured = ParseSeconds(name, value) },
        "--warmup" => this with { WarmUp = ParseSeconds(name, value) },
        "--count" => this with { Count = ParseNumber(name, value, 10_000_000) },
        "--mebibytes" => this with { Bytes = ParseNumber(name, value, MaxMebibytes) * BytesPerMebibyte },
        "--out" => this with { Out = value },
        "--server-cores" => this with
        {
            Cores = Cores with { Servers = [.. value.Split(',').Select(core => ParseNumber(name, core, 1023, 0))] },
        },
        "--generator-core" => this with { Cores = Cores with { Generator = ParseNumber(name, value, 1023, 0) } },
        _ => throw new UsageException($"{name} is no option."),
    };

    private static UsageException Needed(string name) => new($"{name} needs a value.");

    private static ServerKind ParseServer(string name) => ServerTable.Find(name) ?? throw new UsageException(
        $"{name} is no server. There are {string.Join(", ", ServerTable.All.Select(kind => kind.Name))}.");

    private static Cell ParseCell(string text) => Cell.TryParse(text, out var cell)
        ? cell
        : throw new UsageException($"{text} is no cell. Write connections x bytes x depth, like 50x32x1.");

    private static int ParseNumber(string name, string text, int max, int min = 1) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw new UsageException($"{name} takes a number from {min} to {max}, not {text}.");

    private static TimeSpan ParseSeconds(string name, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= MaxSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{name} takes seconds, at most {MaxSeconds}, not {text}.");
}
