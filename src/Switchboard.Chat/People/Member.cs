namespace Switchboard.Chat.People;

/// <summary>That a person is in a room.</summary>
internal sealed class Member(Person person, Room room, Standing standing)
{
    public Person Person { get; } = person;

    public Room Room { get; } = room;

    public Standing Standing { get; set; } = standing;

    public bool IsOperator => Standing.HasFlag(Standing.Operator);

    /// <summary>Its highest mark, or all of them for clients that want them.</summary>
    public string Marks(Delivery.Capabilities capabilities) => Standing switch
    {
        Standing.None => "",
        Standing.Voice => "+",
        Standing.Operator => "@",
        _ => capabilities.HasFlag(Delivery.Capabilities.MultiPrefix) ? "@+" : "@",
    };
}
