using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>MODE</c> of oneself: invisible, and a bot.</summary>
internal static class UserModeCommand
{
    public static void Run(Request request)
    {
        var (client, person) = (request.Client, request.Person);
        if (request.World.FindNick(request[0]) is not { } asked)
        {
            client.Answer(Numerics.NoSuchNick, request[0]);
        }
        else if (asked != person)
        {
            client.Answer(Numerics.OtherUser);
        }
        else if (request.Count == 1)
        {
            client.Answer(Numerics.UserModeIs, $"+{(person.IsBot ? "B" : "")}{(person.IsInvisible ? "i" : "")}");
        }
        else
        {
            Change(request, person);
        }
    }

    private static void Change(Request request, Person person)
    {
        var changes = new List<ModeChange>();
        var sign = '+';
        var knowsAll = true;
        foreach (var letter in request[1])
        {
            if (letter is '+' or '-')
            {
                sign = letter;
            }
            else if (!Welcome.UserModes.Contains(letter, StringComparison.Ordinal))
            {
                knowsAll = false;
            }
            else
            {
                changes.RemoveAll(each => each.Letter == letter);
                changes.Add(new ModeChange(sign, letter));
            }
        }

        changes.RemoveAll(each => each.Adds == (each.Letter == 'i' ? person.IsInvisible : person.IsBot));
        if (!knowsAll)
        {
            request.Client.Answer(Numerics.UnknownUserMode);
        }

        if (changes.Count > 0)
        {
            request.World.Apply(new UserModesChanged(person.Id, changes, request.Now));
        }
    }
}
