namespace Switchboard;

/// <summary>What a connection was waiting for when its time ran out.</summary>
public enum TimeoutPhase
{
    /// <summary>For a name's addresses.</summary>
    Resolve,

    /// <summary>For an answer from any of the addresses.</summary>
    Connect,

    /// <summary>For the TLS handshake of a peer that had answered.</summary>
    Handshake,

    /// <summary>For anything at all from a peer that had been silent.</summary>
    Idle,

    /// <summary>For the rest of a frame.</summary>
    Frame,

    /// <summary>For a frame that arrived too slowly.</summary>
    Rate,

    /// <summary>For the peer to take what was sent to it.</summary>
    Send,

    /// <summary>For the peer's machine to answer the operating system's probes.</summary>
    KeepAlive,
}
