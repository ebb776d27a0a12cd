namespace Switchboard.Chat;

/// <summary>An account as it is kept; times to the millisecond.</summary>
/// <param name="Name">Folded, unique, without spaces. 1 to 500 bytes of UTF-8.</param>
/// <param name="Shown">The name as its owner writes it.</param>
/// <param name="Password">What <see cref="Passwords"/> made of it; null if only a certificate signs in.</param>
/// <param name="Certificate">The SHA-256 of a certificate that signs in, as lower-case hexadecimal; or null.</param>
/// <param name="Created">When it was made, in UTC.</param>
/// <param name="LastSeen">When its last connection ended; null before. What came later was missed.</param>
public sealed record StoredAccount(
    string Name,
    string Shown,
    string? Password,
    string? Certificate,
    DateTimeOffset Created,
    DateTimeOffset? LastSeen);
