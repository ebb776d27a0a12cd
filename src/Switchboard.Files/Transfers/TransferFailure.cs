namespace Switchboard.Files;

/// <summary>Why files were not sent or not received. The numbers go between the ends and never change.</summary>
public enum TransferFailure
{
    /// <summary>None of the others; the text says more.</summary>
    Other = 0,

    /// <summary>The peer does not have this ticket's secret.</summary>
    WrongTicket = 1,

    /// <summary>A name leads elsewhere, clashes with another, or would not exist on some system.</summary>
    NameRefused = 2,

    /// <summary>More files, longer names or more bytes than the receiver takes.</summary>
    TooMuch = 3,

    /// <summary>Something else of that name is there already; nothing is ever replaced.</summary>
    AlreadyThere = 4,

    /// <summary>A file was changed while it was sent.</summary>
    Changed = 5,

    /// <summary>What arrived is not what was sent.</summary>
    Mismatch = 6,

    /// <summary>The receiver's disk, or its share of it, is full.</summary>
    DiskFull = 7,

    /// <summary>A file or folder must not be read or written, or a link is in the way.</summary>
    Denied = 8,

    /// <summary>A file to send is not there, or cannot be read to its end.</summary>
    Unreadable = 9,

    /// <summary>The ends speak different versions, or only one of them protects what it says.</summary>
    NoCommonWay = 10,

    /// <summary>The peer was stopped by its user.</summary>
    Stopped = 11,
}
