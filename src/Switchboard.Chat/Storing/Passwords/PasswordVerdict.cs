namespace Switchboard.Chat;

/// <summary>What came of comparing a password with what is kept of it.</summary>
public enum PasswordVerdict
{
    /// <summary>It is another, or nothing is kept.</summary>
    Wrong,

    /// <summary>It is the one.</summary>
    Right,

    /// <summary>It is the one, but what is kept was made at a lower cost than today's: make it anew.</summary>
    RightButCheap,
}
