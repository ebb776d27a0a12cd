namespace Switchboard.Chat.Protocol;

/// <summary>Which names are the same: those that differ only in the case of A to Z.</summary>
internal static class CaseMapping
{
    public const string Name = "ascii";

    /// <summary>The form in which equal names are equal strings.</summary>
    public static string Fold(string name) =>
        name.AsSpan().ContainsAnyInRange('A', 'Z') ? string.Create(name.Length, name, FoldInto) : name;

    public static bool Same(string name, string other) => Fold(name) == Fold(other);

    private static void FoldInto(Span<char> folded, string name)
    {
        for (var place = 0; place < name.Length; place++)
        {
            folded[place] = name[place] is >= 'A' and <= 'Z' ? (char)(name[place] | ' ') : name[place];
        }
    }
}
