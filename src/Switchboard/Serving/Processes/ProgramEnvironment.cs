using System.Collections;

namespace Switchboard.Serving.Processes;

/// <summary>What a new process finds in its environment.</summary>
internal static class ProgramEnvironment
{
    private static readonly string[] Usual =
        ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "SWITCHBOARD_ENGINE"];

    private static readonly string[] UsualStarts = ["LC_", "DOTNET_"];

    /// <summary>For a program of somebody else's: only what every program needs, and what it was given.</summary>
    public static Dictionary<string, string> Scrubbed(
        Connection connection,
        IReadOnlyDictionary<string, string> given)
    {
        var environment = Own().Where(each => IsUsual(each.Key)).ToDictionary();
        environment["SWITCHBOARD_LOCAL"] = connection.Local.ToString();
        environment["SWITCHBOARD_REMOTE"] = connection.Remote.ToString();
        foreach (var (name, value) in given)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>For this program itself: all of its own, and one more.</summary>
    public static Dictionary<string, string> OwnWith(string name, string value) => new(Own()) { [name] = value };

    private static bool IsUsual(string name) =>
        Usual.Contains(name) || Array.Exists(UsualStarts, start => name.StartsWith(start, StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, string>> Own() =>
        from DictionaryEntry each in Environment.GetEnvironmentVariables()
        select KeyValuePair.Create((string)each.Key, (string?)each.Value ?? "");
}
