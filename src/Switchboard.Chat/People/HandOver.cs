using Switchboard.Chat.Delivery;

namespace Switchboard.Chat.People;

/// <summary>
/// What comes to a client privately while those messages are read that waited for it: it stays behind them, and none
/// comes twice. Only under the world's lock.
/// </summary>
internal sealed class HandOver
{
    // Who is sent more than that meanwhile is let go, as one that takes nothing is.
    private const int MaxHeld = 1_000;

    private readonly List<Outgoing> _held = [];
    private HashSet<string> _given = [];
    private bool _isOver;

    public bool IsFull => _held.Count >= MaxHeld;

    /// <summary>Whether the message is not to be sent now: it waits, or was given already.</summary>
    public bool Takes(Outgoing outgoing)
    {
        if (!_isOver)
        {
            _held.Add(outgoing);
        }

        return !_isOver || WasGiven(outgoing);
    }

    /// <summary>From now on messages come as they are said.</summary>
    /// <param name="given">The ids of the messages that were handed over; nobody changes them any more.</param>
    /// <returns>What came meanwhile and was not among them, in its order.</returns>
    public IReadOnlyList<Outgoing> End(HashSet<string> given)
    {
        // One that is kept may have been read before it is delivered.
        (_given, _isOver) = (given, true);
        var rest = _held.FindAll(each => !WasGiven(each));
        _held.Clear();
        return rest;
    }

    private bool WasGiven(Outgoing outgoing) => outgoing.MessageId is { } id && _given.Contains(id);
}
