using System.Collections.Immutable;
using System.Globalization;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.People;

/// <summary>Everything that answers one line, under the label that the client gave to it.</summary>
internal sealed class LabeledAnswer(string label)
{
    private static long _lastBatch;

    private readonly List<Outgoing> _gathered = [];

    public string Label { get; } = label;

    public bool IsEmpty => _gathered.Count == 0;

    /// <summary>A name for a batch that no other of this process has.</summary>
    public static string NextBatch() =>
        Interlocked.Increment(ref _lastBatch).ToString("x", CultureInfo.InvariantCulture);

    public static string Tag(string label) => "label=" + MessageText.TagValue(label);

    public void Add(Outgoing outgoing) => _gathered.Add(outgoing);

    /// <summary>One line carries the label itself; several are a batch; none is acknowledged.</summary>
    public void Send(Client client, string server, DateTimeOffset now)
    {
        var tag = Tag(Label);
        if (_gathered.Count == 1)
        {
            client.Send(_gathered[0].For(client.Capabilities, tag));
            return;
        }

        if (_gathered.Count == 0)
        {
            client.Send(Line("ACK").For(client.Capabilities, tag));
            return;
        }

        var batch = NextBatch();
        client.Send(Line("BATCH", "+" + batch, "labeled-response").For(client.Capabilities, tag));
        foreach (var outgoing in _gathered)
        {
            client.Send(outgoing.For(client.Capabilities, "batch=" + batch));
        }

        client.Send(Line("BATCH", "-" + batch).For(client.Capabilities));

        Outgoing Line(string command, params ImmutableArray<string> parameters) =>
            new(new ChatMessage(command, parameters) { Source = server }, now);
    }
}
