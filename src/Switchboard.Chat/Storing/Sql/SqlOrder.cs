namespace Switchboard.Chat.Storing.Sql;

/// <summary>Something that a thread of the store is asked to do.</summary>
internal abstract class SqlOrder
{
    /// <summary>For messages: <c>read messages</c>.</summary>
    public abstract string Doing { get; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public abstract bool IsGivenUp { get; }

    /// <summary>Does it, and keeps what comes out for <see cref="Complete"/>; may be run again if it failed.</summary>
    public abstract void Run(SqlDesk desk);

    /// <summary>Tells who waits that it is done.</summary>
    public abstract void Complete();

    /// <summary>Tells who waits that it failed.</summary>
    public abstract void Fail(Exception error);
}
