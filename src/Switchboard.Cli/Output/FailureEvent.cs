using System.Text.Json;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Output;

/// <summary>The last event of a command that failed.</summary>
internal sealed record FailureEvent(Failure Failure) : ConsoleEvent
{
    public override string Name => "error";

    public override string Text => Failure.What;

    public override Tone Tone => Tone.Bad;

    /// <summary>All three parts for people, each on a line of its own: safe and painted.</summary>
    public string Describe(Palette palette)
    {
        var text = $"{palette.Paint(Tone.Bad, "error:")} {SafeText.Lines(Failure.What)}";
        text += Part("why", Failure.Why);
        return text + Part("next", Failure.Next);
    }

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("exit", Failure.ExitCode);
        json.WriteString("what", Failure.What);
        json.WriteString("why", Failure.Why);
        json.WriteString("next", Failure.Next);
    }

    private static string Part(string title, string? text)
    {
        const int Indent = 8;
        if (text is null)
        {
            return "";
        }

        var margin = "\n" + new string(' ', Indent);
        return $"\n{(title + ":").PadLeft(Indent - 2)}  "
            + SafeText.Lines(text).Replace("\n", margin, StringComparison.Ordinal);
    }
}
