using System.Globalization;
using System.Text.Json;
using Switchboard.Chat;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Chatting;

/// <summary>Something that happened in a chat, for scripts and for lines of text.</summary>
internal sealed record TalkEvent(ChatEvent Happened) : ConsoleEvent
{
    public override string Name => Happened switch
    {
        ChatSaid => "said",
        ChatJoined => "joined",
        ChatLeft => "left",
        ChatQuit => "quit",
        ChatRenamed => "renamed",
        ChatTopic => "topic",
        ChatInvited => "invited",
        ChatMissed => "missed",
        ChatSkipped => "skipped",
        ChatConnected => "registered",
        ChatDisconnected => "disconnected",
        _ => "answer",
    };

    public override string Text => Happened switch
    {
        ChatSaid said => ChatText.Of(SaidText(said)),
        ChatJoined joined => $"{joined.Nick} came into {joined.Room}",
        ChatLeft { By: { } by } left => $"{by} put {left.Nick} out of {left.Room}{Because(left.Reason)}",
        ChatLeft left => $"{left.Nick} left {left.Room}{Because(left.Reason)}",
        ChatQuit quit => $"{quit.Nick} left the server{Because(quit.Reason)}",
        ChatRenamed renamed => $"{renamed.OldNick} is now {renamed.NewNick}",
        ChatTopic { Topic: "" } topic => $"{topic.By} took the topic of {topic.Room} away",
        ChatTopic { By: { } by } topic => $"topic of {topic.Room}: {ChatText.Of(topic.Topic)} (by {by})",
        ChatTopic topic => $"topic of {topic.Room}: {ChatText.Of(topic.Topic)}",
        ChatInvited invited => $"{invited.By} asks you into {invited.Room}",
        ChatMissed missed => string.Create(
            CultureInfo.InvariantCulture,
            $"what was said in {missed.Talk} from {missed.Since:HH:mm:ss} to {missed.Time:HH:mm:ss} UTC is not known"),
        ChatSkipped skipped => $"{skipped.Count} events were too many at once and are not shown",
        ChatConnected { IsAgain: true } again => $"here again as {again.Nick}, at {again.Server}",
        ChatConnected connected => $"here as {connected.Nick}, at {connected.Server}",
        ChatDisconnected lost => LostText(lost),
        ChatAnswer answer => ChatText.Of(AnswerText.Of(answer)),
        _ => "",
    };

    public override Tone Tone => Happened switch
    {
        ChatSaid { IsMissed: false } => Tone.Plain,
        ChatMissed or ChatSkipped or ChatDisconnected => Tone.Warning,
        ChatAnswer { IsError: true } => Tone.Bad,
        _ => Tone.Quiet,
    };

    /// <summary>A message with its speaker, as plain text shows it.</summary>
    public static string SaidText(ChatSaid said) => said.Kind switch
    {
        ChatSaidKind.Action => $"* {said.Nick} {said.Text}",
        ChatSaidKind.Notice => $"-{said.Nick}- {said.Text}",
        ChatSaidKind.Request => $"{said.Nick} asks for {said.Text}",
        _ => $"<{said.Nick}> {said.Text}",
    };

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("at", Happened.Time);
        switch (Happened)
        {
            case ChatSaid said:
                WriteSaid(json, said);
                break;
            case ChatJoined joined:
                Write(json, joined.Room, joined.Nick);
                break;
            case ChatLeft left:
                Write(json, left.Room, left.Nick);
                json.WriteString("by", left.By);
                json.WriteString("reason", left.Reason);
                break;
            case ChatQuit quit:
                json.WriteString("nick", quit.Nick);
                json.WriteString("reason", quit.Reason);
                break;
            case ChatRenamed renamed:
                json.WriteString("nick", renamed.NewNick);
                json.WriteString("was", renamed.OldNick);
                break;
            case ChatTopic topic:
                Write(json, topic.Room, topic.By);
                json.WriteString("topic", topic.Topic);
                break;
            default:
                WriteOther(json);
                break;
        }

        json.WriteBoolean("own", Happened.IsOwn);
    }

    private static void Write(Utf8JsonWriter json, string room, string? nick)
    {
        json.WriteString("room", room);
        json.WriteString("nick", nick);
    }

    private static void WriteSaid(Utf8JsonWriter json, ChatSaid said)
    {
        json.WriteString("talk", said.Talk);
        json.WriteString("nick", said.Nick);
        json.WriteString("account", said.Account);
        json.WriteString("kind", KindText(said.Kind));
        json.WriteString("text", said.Text);
        json.WriteString("id", said.Id);
        json.WriteBoolean("missed", said.IsMissed);
    }

    private void WriteOther(Utf8JsonWriter json)
    {
        switch (Happened)
        {
            case ChatInvited invited:
                Write(json, invited.Room, invited.By);
                break;
            case ChatMissed missed:
                json.WriteString("talk", missed.Talk);
                json.WriteString("since", missed.Since);
                break;
            case ChatSkipped skipped:
                json.WriteNumber("count", skipped.Count);
                break;
            case ChatConnected connected:
                json.WriteString("nick", connected.Nick);
                json.WriteString("server", connected.Server);
                json.WriteBoolean("again", connected.IsAgain);
                break;
            case ChatDisconnected lost:
                json.WriteString("problem", lost.Error.Message);
                if (lost.RetryIn is { } wait)
                {
                    json.WriteNumber("retrySeconds", wait.TotalSeconds);
                }

                break;
            case ChatAnswer answer:
                json.WriteString("command", answer.Message.Command);
                json.WriteString("text", answer.Text);
                break;
        }
    }

    private static string KindText(ChatSaidKind kind) => kind switch
    {
        ChatSaidKind.Action => "action",
        ChatSaidKind.Notice => "notice",
        ChatSaidKind.Request => "request",
        _ => "message",
    };

    private static string LostText(ChatDisconnected lost)
    {
        var problem = lost.Error is ConnectionException error ? error.Problem : lost.Error.Message;
        return $"disconnected: {problem}" + (lost.RetryIn is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"; next try in {wait.TotalSeconds:0.0} s")
            : "");
    }

    private static string Because(string reason) => reason.Length == 0 ? "" : $" ({ChatText.Of(reason)})";
}
