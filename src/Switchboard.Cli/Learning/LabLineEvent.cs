using System.Text.Json;
using Switchboard.Board.Lab;
using Switchboard.Board.Lessons;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Learning;

/// <summary>Something has happened in a lesson: a call, or a change in the kernel.</summary>
/// <param name="Lesson">Which is played.</param>
/// <param name="Happened">What.</param>
internal sealed record LabLineEvent(Lesson Lesson, LabEvent Happened) : ConsoleEvent
{
    public override string Name => LabEventJson.NameOf(Happened);

    public override string Text => Happened.Call is { } call ? TextOf(call) : "";

    public override Tone Tone => Happened.Call switch
    {
        { Waits: true } => Tone.Quiet,
        { Error: not null } => Tone.Bad,
        _ => Tone.Plain,
    };

    public override void WriteFields(Utf8JsonWriter json) => LabEventJson.WriteFields(json, Happened);

    private string TextOf(CallSight call)
    {
        var result = call.Waits ? "waits" : call.Error is { } error ? $"= -1 {error}" : $"= {call.Value}";
        var bytes = call.Bytes.Length > 0 ? $" {LabEventJson.Quote(call.Bytes)}" : "";
        var note = call.Note is null ? "" : $" ({call.Note})";

        // What the lesson says of a call is said once, when it is made: whether it waits or not is what it is about.
        var says = call is { Step: { } step, HasWaited: false } ? Lesson.Steps[step].Says : null;
        return $"{call.Actor,8}  {call.Text} {result}{bytes}{note}  {says ?? call.Sentence}";
    }
}
