namespace Switchboard.Chat.People;

/// <summary>
/// One change of what all people share. It names people by their ids and rooms by their folded names, so that it means
/// the same on every server; it was allowed before it was made, so applying it asks nothing. A name that nobody has any
/// more is passed over.
/// </summary>
internal abstract record WorldEvent
{
    /// <summary>Changes the world, and tells those of its people who are to know.</summary>
    public abstract void Apply(World world);
}
