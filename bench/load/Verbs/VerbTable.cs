using Switchboard.Bench.Load.Planning;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What this program can be asked to do.</summary>
internal static class VerbTable
{
    private static readonly Dictionary<string, Action<LoadOptions, TextWriter>> All = new(StringComparer.Ordinal)
    {
        [LoadOptions.Grid] = GridVerb.Run,
        ["one"] = OneVerb.Run,
        ["connections"] = ConnectionsVerb.Run,
        ["idle"] = IdleVerb.Run,
        ["blockers"] = BlockersVerb.Run,
        ["local"] = LocalVerb.Run,
        ["web"] = WebVerb.Run,
        ["datagrams"] = DatagramsVerb.Run,
        ["relay"] = RelayVerb.Run,
        ["files"] = FilesVerb.Run,
        ["chat"] = ChatVerb.Run,
        ["board"] = BoardVerb.Run,
    };

    /// <exception cref="UsageException">There is no such verb.</exception>
    public static Action<LoadOptions, TextWriter> Find(string name) => All.GetValueOrDefault(name)
        ?? throw new UsageException($"{name} is no verb. There are {string.Join(", ", All.Keys)}.");
}
