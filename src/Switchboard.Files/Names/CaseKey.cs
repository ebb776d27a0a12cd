using System.Text;

namespace Switchboard.Files.Names;

/// <summary>
/// Finds names that differ by case only, which some disks take for one. What else a disk may take for one name, such as
/// two ways of writing the same é, is left to the disk: what has the name already is never replaced.
/// </summary>
internal static class CaseKey
{
    /// <summary>The same text for two names that differ by case only.</summary>
    public static string Of(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            // Up and down again: a few letters have two small forms, such as the two sigmas.
            key.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString());
        }

        return key.ToString();
    }
}
