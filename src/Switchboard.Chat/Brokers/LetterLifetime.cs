namespace Switchboard.Chat;

/// <summary>How long a broker keeps a letter for who is away.</summary>
public enum LetterLifetime
{
    /// <summary>Half a minute: what it tells is told anew to whoever comes later.</summary>
    Passing,

    /// <summary>Until it is received, on disk, as long as the server's bounded queue has room.</summary>
    Lasting,
}
