using System.CommandLine;

namespace Switchboard.Cli.Completions;

/// <summary>The whole command line as shells need to know it, read off the same tree that parses it.</summary>
/// <param name="Command">Its name.</param>
/// <param name="Options">Before any verb.</param>
/// <param name="Verbs">In the order of the help.</param>
internal sealed record Outline(
    string Command, IReadOnlyList<OutlineOption> Options, IReadOnlyList<OutlineVerb> Verbs)
{
    public IEnumerable<string> OptionNames => Options.SelectMany(option => option.Names);

    public static Outline Of(string command, Command root)
    {
        var inherited = root.Options.Where(option => option.Recursive).Select(OutlineOption.Of).ToList();
        return new Outline(
            command,
            [.. root.Options.Where(option => !option.Hidden).Select(OutlineOption.Of)],
            [.. root.Subcommands.Where(verb => !verb.Hidden).Select(verb => OutlineVerb.Of(verb, inherited))]);
    }
}
