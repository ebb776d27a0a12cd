namespace Switchboard.Bench.Load.Servers;

/// <summary>Who takes part.</summary>
/// <param name="Present">Built, and ready to be started.</param>
/// <param name="Skipped">Why the others are not, by name.</param>
internal sealed record Roster(IReadOnlyList<ServerKind> Present, IReadOnlyDictionary<string, string> Skipped)
{
    /// <summary>Builds what has to be built.</summary>
    /// <exception cref="ServerFailedException">None of them can be measured here.</exception>
    public static Roster Call(IEnumerable<ServerKind> kinds)
    {
        var present = new List<ServerKind>();
        var skipped = new Dictionary<string, string>();
        foreach (var kind in kinds)
        {
            if (Builder.Prepare(kind) is { } reason)
            {
                skipped[kind.Name] = reason;
            }
            else
            {
                present.Add(kind);
            }
        }

        return present.Count > 0 ? new Roster(present, skipped) : throw new ServerFailedException(
            "No server can be measured: " + string.Join("; ", skipped.Select(one => $"{one.Key}: {one.Value}")) + ".");
    }
}
