namespace Switchboard;

/// <summary>Why a connection ended: the first thing that ended it.</summary>
public enum EndReason
{
    /// <summary>Both ends finished sending. What this end sent is with the operating system or the peer.</summary>
    Finished,

    /// <summary>This end closed, in order, before the peer had finished sending.</summary>
    Closed,

    /// <summary>
    /// The peer reset the connection, was gone when something was sent to it, or was a program that failed.
    /// </summary>
    PeerReset,

    /// <summary>A limit on time or on the rate ran out; the error says which.</summary>
    TimedOut,

    /// <summary>This end reset it, without waiting for anything.</summary>
    Aborted,

    /// <summary>The peer's bytes broke the framing, or the rules of the transport.</summary>
    ProtocolError,

    /// <summary>The handler threw an exception of its own.</summary>
    HandlerFailed,

    /// <summary>The server stopped.</summary>
    Stopped,

    /// <summary>The network or the operating system failed.</summary>
    NetworkFailed,

    /// <summary>Another process served it, and that has ended well. What it received and sent is known there.</summary>
    HandedOver,
}
