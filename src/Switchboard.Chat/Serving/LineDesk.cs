using System.Text;
using System.Text.Unicode;
using Switchboard.Chat.Commands;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Serving;

/// <summary>Takes one line of a client and sees that it is answered.</summary>
internal sealed class LineDesk(Exchange exchange)
{
    // Of a line: its tags with the at sign and the space; and the rest, without its ending.
    private const int MaxTagBytes = 4096;
    private const int MaxBodyBytes = 510;

    public ValueTask HandleAsync(Client client, ReadOnlyMemory<byte> line)
    {
        var bytes = line.Span.Trim((byte)' ');
        if (bytes.IsEmpty)
        {
            return default;
        }

        if (IsTooLong(bytes))
        {
            client.Answer(Numerics.InputTooLong);
            return default;
        }

        if (ChatMessage.TryParse(bytes, out var message))
        {
            return AnswerAsync(new Request(exchange, client, message!));
        }

        RefuseMalformed(client, bytes);
        return default;
    }

    private static bool IsTooLong(ReadOnlySpan<byte> line)
    {
        var tags = line[0] == (byte)'@' ? line.IndexOf((byte)' ') + 1 : 0;
        return tags > MaxTagBytes || line.Length - tags > MaxBodyBytes;
    }

    private static void RefuseMalformed(Client client, ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
        {
            client.AnswerStandard("FAIL", "*", "INVALID_UTF8", "Messages must be UTF-8");
            return;
        }

        var end = line.IndexOf((byte)' ');
        var word = Encoding.UTF8.GetString(end < 0 ? line : line[..end]);
        client.Answer(Numerics.UnknownCommand, NameRules.Cut(word.Replace('\0', '?'), MaxBodyBytes / 2));
    }

    private static async ValueTask AnswerAsync(Request request)
    {
        var client = request.Client;
        var label = client.Has(Capabilities.LabeledResponse | Capabilities.Batch) ? request.Message.Tag("label") : null;
        if (string.IsNullOrEmpty(label))
        {
            await RunAsync(request).ConfigureAwait(false);
            return;
        }

        client.BeginAnswer(label);
        try
        {
            await RunAsync(request).ConfigureAwait(false);
        }
        finally
        {
            client.EndAnswer();
        }
    }

    private static async ValueTask RunAsync(Request request)
    {
        var client = request.Client;
        var isKnown = CommandTable.ByName.TryGetValue(request.Message.Command, out var command);
        if (!client.UnderWay.IsCompleted && command?.Order != CommandOrder.AmongMessages)
        {
            await client.UnderWay.ConfigureAwait(false);
        }

        if (client.Person is null && command?.Access != CommandAccess.Anybody)
        {
            client.Answer(Numerics.NotRegistered);
        }
        else if (!isKnown)
        {
            client.Answer(Numerics.UnknownCommand, request.Message.Command);
        }
        else if (request.Count < command!.LeastParameters)
        {
            client.Answer(Numerics.NeedMoreParameters, command.Name);
        }
        else
        {
            await RunAsync(request, command).ConfigureAwait(false);
        }
    }

    private static async ValueTask RunAsync(Request request, Command command)
    {
        try
        {
            await command.RunAsync(request).ConfigureAwait(false);
        }
        catch (ChatStoreException error)
        {
            request.Exchange.Options.Observer?.StoreFailed(error);
            request.Client.AnswerStandard(
                "FAIL", command.Name, "TEMPORARILY_UNAVAILABLE", "The server cannot look that up now; try again later");
        }
    }
}
