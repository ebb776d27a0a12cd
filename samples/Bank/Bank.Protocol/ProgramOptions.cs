namespace Bank.Protocol;

/// <summary>A command line of <c>--name value</c> and <c>--flag</c>, for all tiers alike.</summary>
public sealed class ProgramOptions
{
    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _flags = [];

    private ProgramOptions()
    {
    }

    /// <returns>Null if the command line has anything else on it.</returns>
    public static ProgramOptions? TryRead(
        IReadOnlyList<string> args, IReadOnlyCollection<string> names, IReadOnlyCollection<string> flags)
    {
        var options = new ProgramOptions();
        for (var place = 0; place < args.Count; place++)
        {
            var name = args[place].StartsWith("--", StringComparison.Ordinal) ? args[place][2..] : "";
            if (flags.Contains(name))
            {
                options._flags.Add(name);
            }
            else if (names.Contains(name) && ++place < args.Count)
            {
                options._values[name] = args[place];
            }
            else
            {
                return null;
            }
        }

        return options;
    }

    /// <summary>What was given; null if nothing.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool Has(string flag) => _flags.Contains(flag);
}
