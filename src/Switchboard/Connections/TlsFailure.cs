namespace Switchboard;

/// <summary>Why there is no TLS with a peer.</summary>
public enum TlsFailure
{
    /// <summary>Something the other cases do not name; the inner exception knows more.</summary>
    Other,

    /// <summary>The peer's certificate, or one that it rests on, has expired.</summary>
    Expired,

    /// <summary>The peer's certificate, or one that it rests on, is not valid yet.</summary>
    NotYetValid,

    /// <summary>The peer's certificate is for other names than the one that was meant.</summary>
    WrongHost,

    /// <summary>The peer's certificate vouches for itself, and nobody has said that it is to be trusted.</summary>
    SelfSigned,

    /// <summary>The peer's certificate rests on no authority that is trusted here.</summary>
    UnknownAuthority,

    /// <summary>The peer's certificate, or one that it rests on, was revoked.</summary>
    Revoked,

    /// <summary>Whether the peer's certificate was revoked could not be found out.</summary>
    RevocationUnknown,

    /// <summary>A key or a signature in the peer's chain is too weak.</summary>
    Weak,

    /// <summary>The peer's certificate is for another purpose, such as a server's used by a client.</summary>
    WrongUsage,

    /// <summary>The peer's certificate is another than the pinned one.</summary>
    PinMismatch,

    /// <summary>The client's certificate was asked for, and it sent none.</summary>
    NoClientCertificate,

    /// <summary>What the peer sends is not TLS.</summary>
    NotTls,

    /// <summary>The ends have no version of TLS, or no way to protect bytes, in common.</summary>
    NothingInCommon,

    /// <summary>The ends have no application protocol (ALPN) in common.</summary>
    NoApplicationProtocol,

    /// <summary>The peer refused the handshake with an alert.</summary>
    RefusedByPeer,

    /// <summary>The peer ended the connection in the middle of the handshake, without a word.</summary>
    EndedByPeer,
}
