using System.Text;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Messages;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>PRIVMSG</c>, <c>NOTICE</c> and <c>TAGMSG</c>: says something to rooms and people.</summary>
internal static class MessageCommand
{
    // How many may be on their way before the sender waits for them.
    private const int MaxUnderWay = 32;

    // What of a line is tags that clients gave.
    private const int MaxClientTagBytes = 4094;

    public static async ValueTask RunAsync(Request request)
    {
        var (client, command) = (request.Client, request.Message.Command);
        var hasText = command != "TAGMSG";
        var targets = request.List(0);
        if (targets.Length == 0)
        {
            client.Answer(Numerics.NoRecipient, $"No recipient given ({command})");
        }
        else if (hasText && request[1].Length == 0)
        {
            client.Answer(Numerics.NoText);
        }
        else if (!hasText && !client.Has(Capabilities.MessageTags))
        {
            client.Answer(Numerics.UnknownCommand, command);
        }
        else
        {
            await SayAsync(request, targets).ConfigureAwait(false);
        }
    }

    private static async ValueTask SayAsync(Request request, string[] targets)
    {
        var client = request.Client;
        var tags = ClientTags(request);
        if (Encoding.UTF8.GetByteCount(tags) > MaxClientTagBytes)
        {
            client.Answer(Numerics.InputTooLong);
            return;
        }

        foreach (var target in targets.Skip(request.Limits.MaxTargets))
        {
            client.Answer(Numerics.TooManyTargets, target);
        }

        var isOnly = targets.Length == 1;
        foreach (var target in targets.Take(request.Limits.MaxTargets).Distinct(StringComparer.Ordinal))
        {
            if (await MessageRoute.FindAsync(request, target, tags).ConfigureAwait(false) is { } draft)
            {
                await TakeAsync(request, draft, isOnly ? client.TakeLabel() : null).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask TakeAsync(Request request, MessageDraft draft, string? label)
    {
        var client = request.Client;
        client.Person?.Spoke = request.Now;
        var taken = request.Exchange.Log.Take(draft with { Label = label });
        client.UnderWay = taken.Delivered;
        if (++client.CountUnderWay >= MaxUnderWay)
        {
            await client.UnderWay.ConfigureAwait(false);
            client.CountUnderWay = 0;
        }
    }

    private static string ClientTags(Request request) => request.Client.Has(Capabilities.MessageTags)
        ? MessageText.Tags(request.Message.Tags.Where(each => each.Key.StartsWith('+')))
        : "";
}
