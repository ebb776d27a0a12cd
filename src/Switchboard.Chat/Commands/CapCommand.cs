using System.Globalization;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>CAP</c>: what client and server both can beyond the old protocol.</summary>
internal static class CapCommand
{
    // What clients of version 302 understand; others get names without values, and no news.
    private const int WithValues = 302;

    // A list is told in several lines, each of which has room for its beginning.
    private const int MaxListBytes = 400;

    public static ValueTask RunAsync(Request request)
    {
        var client = request.Client;
        switch (request[0].ToUpperInvariant())
        {
            case "LS":
                StartNegotiating(client);
                _ = int.TryParse(request[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version);
                client.CapVersion = Math.Max(client.CapVersion, version);
                TellList(client, "LS", Offered(request));
                return default;
            case "LIST":
                TellList(client, "LIST", CapabilityNames.All
                    .Where(each => client.Has(each.Capability))
                    .Select(each => each.Name));
                return default;
            case "REQ":
                StartNegotiating(client);
                Change(request, client);
                return default;
            case "END":
                client.IsNegotiating = false;
                return Registration.TryCompleteAsync(request);
            default:
                client.Answer(Numerics.InvalidCap, request[0]);
                return default;
        }
    }

    private static void StartNegotiating(Client client) => client.IsNegotiating = client.Person is null;

    private static IEnumerable<string> Offered(Request request) => CapabilityNames.All
        .Where(each => IsOffered(request, each.Capability))
        .Select(each => request.Client.CapVersion < WithValues ? each.Name : each.Capability switch
        {
            Capabilities.Sasl => $"{each.Name}={AuthenticateCommand.Mechanisms(request.Client)}",
            _ => each.Name,
        });

    private static bool IsOffered(Request request, Capabilities capability) =>
        capability != Capabilities.AccountRegistration || request.Exchange.Options.TakesRegistrations;

    private static void TellList(Client client, string subcommand, IEnumerable<string> names)
    {
        var lines = Lines.Fill(names, MaxListBytes);
        for (var place = 0; place < lines.Count - 1; place++)
        {
            if (client.CapVersion >= WithValues)
            {
                client.AnswerFromServer("CAP", client.Nick ?? "*", subcommand, "*", lines[place]);
            }
            else
            {
                client.AnswerFromServer("CAP", client.Nick ?? "*", subcommand, lines[place]);
            }
        }

        client.AnswerFromServer("CAP", client.Nick ?? "*", subcommand, lines.Count > 0 ? lines[^1] : "");
    }

    /// <summary>All of what was asked for, or nothing.</summary>
    private static void Change(Request request, Client client)
    {
        var after = client.Capabilities;
        foreach (var word in request[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = word.TrimStart('-');
            if (!CapabilityNames.TryFind(name, out var capability) || !IsOffered(request, capability))
            {
                client.AnswerFromServer("CAP", client.Nick ?? "*", "NAK", request[1]);
                return;
            }

            after = word[0] == '-' ? after & ~capability : after | capability;
        }

        // Under the lock, because whoever delivers reads them.
        using (request.World.Enter())
        {
            client.Capabilities = after;
        }

        client.AnswerFromServer("CAP", client.Nick ?? "*", "ACK", request[1]);
    }
}
