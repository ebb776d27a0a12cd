namespace Switchboard.Repository;

/// <summary>How tests speak about violations.</summary>
internal static class Rule
{
    /// <summary>Nothing breaks the rule; otherwise the test shows every place with its cure.</summary>
    public static void IsKept(IEnumerable<Violation> violations)
    {
        var found = violations.OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Line).ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"Broken in {found.Count} place(s):\n\n{string.Join('\n', found)}\n");
        }
    }

    /// <summary>The planted mistake, and nothing else, is reported on its line.</summary>
    public static void IsBrokenAt(int line, IEnumerable<Violation> violations)
    {
        Assert.Equal(line, Assert.Single(violations).Line);
    }
}
