using System.Security.Cryptography;

namespace Switchboard.Files.Tickets;

/// <summary>What only the two ends know. It is proven, and never sent.</summary>
internal sealed class TicketSecret(byte[] value)
{
    public const int Bytes = 16;
    public const int NonceBytes = 32;
    public const int ProofBytes = HMACSHA256.HashSizeInBytes;

    public byte[] Value => value;

    public static TicketSecret Create() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// What shows that an end knows the secret, on this conversation only: both ends have chosen a nonce for it, and a
    /// certificate in between would be another one.
    /// </summary>
    /// <param name="role">Whose proof it is, so that neither can be sent back as the other's.</param>
    /// <param name="fingerprint">The SHA-256 of the certificate that TLS was agreed on with.</param>
    /// <param name="senderNonce">Chosen by the sender.</param>
    /// <param name="receiverNonce">Chosen by the receiver.</param>
    public byte[] Prove(
        ReadOnlySpan<byte> role,
        ReadOnlySpan<byte> fingerprint,
        ReadOnlySpan<byte> senderNonce,
        ReadOnlySpan<byte> receiverNonce) =>
        HMACSHA256.HashData(value.AsSpan(), [.. role, .. fingerprint, .. senderNonce, .. receiverNonce]);
}
