using System.Text;
using Switchboard.Chat.Events;

namespace Switchboard.Chat.Commands;

/// <summary><c>SETNAME</c>: another real name.</summary>
internal static class SetNameCommand
{
    public static void Run(Request request)
    {
        if (Encoding.UTF8.GetByteCount(request[0]) > request.Limits.MaxRealNameBytes)
        {
            request.Client.AnswerStandard(
                "FAIL", "SETNAME", "INVALID_REALNAME", "The real name is too long");
        }
        else
        {
            request.World.Apply(new RealNameChanged(request.Person.Id, request[0], request.Now));
        }
    }
}
