using System.Text.Json;
using Switchboard.Board.Kernel;
using Switchboard.Cli.Holders;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Questions;

/// <summary>A socket that holds what was asked for.</summary>
internal sealed record HolderEvent(Holder Holder) : ConsoleEvent
{
    public override string Name => "holder";

    public override string Text => $"{SocketStates.NameOf(Holder.State)} {Holder.Local}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("state", SocketStates.NameOf(Holder.State));
        json.WriteString("local", Holder.Local.ToString());
        json.WriteString("remote", Holder.Remote?.ToString());
        json.WriteString("user", Holder.User);
        json.WriteBoolean("hidden", Holder.IsHidden);
        json.WriteStartArray("processes");
        foreach (var process in Holder.Processes)
        {
            json.WriteStartObject();
            json.WriteNumber("pid", process.Id);
            json.WriteString("name", process.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("note", StateNotes.Explain(Holder));
    }
}
