using Switchboard.Chat.Events;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>AWAY</c>: a person is not there to answer, or is again.</summary>
internal static class AwayCommand
{
    public static void Run(Request request)
    {
        var text = request[0].Length == 0 ? null : NameRules.Cut(request[0], request.Limits.MaxAwayBytes);
        if (text != request.Person.Away)
        {
            request.World.Apply(new AwayChanged(request.Person.Id, text, request.Now));
        }

        request.Client.Answer(text is null ? Numerics.NoLongerAway : Numerics.NowAway);
    }
}
