using System.Collections.Immutable;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Commands;

/// <summary>Lines of the past, marked as one batch for clients that know batches.</summary>
internal static class HistoryBatch
{
    public static void Send(
        Request request, string kind, ImmutableArray<string> parameters, IEnumerable<Outgoing> lines)
    {
        var client = request.Client;
        if (!client.Has(Capabilities.Batch))
        {
            foreach (var line in lines)
            {
                client.Answer(line);
            }

            return;
        }

        // The batch is the whole answer, so it carries the label itself.
        var batch = LabeledAnswer.NextBatch();
        var first = client.TakeLabel() is { } label ? LabeledAnswer.Tag(label) : "";
        client.Send(Frame(request, ["+" + batch, kind, .. parameters]).For(client.Capabilities, first));
        foreach (var line in lines)
        {
            client.Send(line.For(client.Capabilities, "batch=" + batch));
        }

        client.Send(Frame(request, ["-" + batch]).For(client.Capabilities));
    }

    private static Outgoing Frame(Request request, ImmutableArray<string> parameters) =>
        new(new ChatMessage("BATCH", parameters) { Source = request.World.Server }, request.Now);
}
