namespace Bank.Protocol;

/// <summary>Why a request was refused. On the wire the names are written as <c>insufficient-funds</c>.</summary>
public enum BankError
{
    /// <summary>No JSON, no request's JSON, or a field that is missing, unknown or of another kind.</summary>
    BadRequest,

    /// <summary>The frame is of another version of the protocol.</summary>
    UnsupportedVersion,

    /// <summary>There is no request of this name.</summary>
    UnknownRequest,

    /// <summary>The frame is longer than <see cref="BankFrame.MaxBytes"/>; the connection ends behind this.</summary>
    FrameTooLarge,

    /// <summary>No token, or one that is wrong, ended or too old.</summary>
    NotSignedIn,

    /// <summary>Name, password, challenge or code: it is not said which.</summary>
    WrongCredentials,

    /// <summary>Too many wrong attempts; even the right password is not heard before the delay is over.</summary>
    LockedOut,

    /// <summary>For officers only, or for a person other than the one who asked.</summary>
    Forbidden,

    /// <summary>There is no such account, order or approval, or it is none of this customer's business.</summary>
    NotFound,

    /// <summary>Zero, negative, or more than any account here can hold.</summary>
    InvalidAmount,

    /// <summary>A text that is too long or has characters that are not taken.</summary>
    InvalidText,

    /// <summary>A date, count or page that is out of its range.</summary>
    InvalidRange,

    /// <summary>The account that is to be paid does not exist, or is the one that pays.</summary>
    InvalidPayee,

    InsufficientFunds,

    /// <summary>The account's daily limit, or the bank's limit for orders of this kind.</summary>
    LimitExceeded,

    AccountFrozen,

    /// <summary>This idempotency key was used for something else.</summary>
    KeyReused,

    /// <summary>The approval was decided or has expired.</summary>
    AlreadyDecided,

    /// <summary>Too much is under way. Nothing was done: ask again soon.</summary>
    Busy,

    /// <summary>The application tier or its database cannot be reached. Nothing was done: ask again soon.</summary>
    Unavailable,

    /// <summary>It may have been done and may not: ask again with the same key, and that settles which.</summary>
    OutcomeUnknown,

    /// <summary>The application tier failed. Nothing was done.</summary>
    Failed,
}
