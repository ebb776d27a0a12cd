using Switchboard.Chat.People;

namespace Switchboard.Chat.Commands;

/// <summary>One line of a client, to be answered.</summary>
internal sealed record Request(Exchange Exchange, Client Client, ChatMessage Message)
{
    public World World => Exchange.World;

    public ChatLimits Limits => Exchange.Limits;

    /// <summary>Who sent it. Only for commands that need registration.</summary>
    public Person Person => Client.Person!;

    public DateTimeOffset Now => Exchange.Clock.GetUtcNow();

    /// <summary>Cancelled when nobody waits for the answer any more.</summary>
    public CancellationToken Ended => Client.Ended;

    public int Count => Message.Parameters.Length;

    /// <summary>The parameter at a place; empty where there are not so many.</summary>
    public string this[int place] => Message[place] ?? "";

    /// <summary>The parameter at a place as the list that commas make of it.</summary>
    public string[] List(int place) =>
        this[place].Split(',', StringSplitOptions.RemoveEmptyEntries);
}
