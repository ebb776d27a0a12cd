namespace Switchboard;

/// <summary>Why a relay did not pass a datagram on.</summary>
public enum RelayDropReason
{
    /// <summary>The framing has no frame for it: it is too long, or has the delimiter in it.</summary>
    NotAFrame,

    /// <summary>A frame has more bytes than any datagram.</summary>
    TooLarge,

    /// <summary>It came from a new address, and the relay had no room for another one.</summary>
    NoRoom,

    /// <summary>Too much of what came from its address waits already: the target takes it more slowly.</summary>
    Behind,

    /// <summary>The network did not take it, or has told that an earlier one did not arrive.</summary>
    Unsent,

    /// <summary>The target could not be reached, or broke off, before it was sent.</summary>
    NoTarget,
}
