namespace Switchboard;

/// <summary>Why an endpoint cannot be listened at.</summary>
public enum BindFailure
{
    /// <summary>Something the other cases do not name; the inner exception knows more.</summary>
    Other,

    /// <summary>Another socket listens there, or has just stopped.</summary>
    InUse,

    /// <summary>The address is not one of this machine's.</summary>
    NotLocal,

    /// <summary>The operating system does not allow it to this user.</summary>
    Denied,

    /// <summary>The name has no address, or the path no directory.</summary>
    NotFound,

    /// <summary>A file is in the way that is no socket, or belongs to somebody else: it was left alone.</summary>
    FileInTheWay,
}
