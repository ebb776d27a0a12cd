using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Switchboard.Files.Tickets;

namespace Switchboard.Files;

/// <summary>
/// Where a receiver waits, which certificate it has, and a secret: whoever has the ticket may send to it, and is
/// certain to send to nobody else. One receiver makes it, for one transfer.
/// </summary>
public sealed class Ticket
{
    private const string Prefix = "swbt1-";
    private const int CheckBytes = 4;
    private const int FixedBytes = CheckBytes + TicketSecret.Bytes + SHA256.HashSizeInBytes;
    private const int MaxEndpointBytes = 1024;

    internal Ticket(Endpoint endpoint, byte[] fingerprint, TicketSecret secret) =>
        (Endpoint, FingerprintBytes, Secret) = (endpoint, fingerprint, secret);

    /// <summary>The longest line that can be a ticket, in characters.</summary>
    public static int MaxLength { get; } =
        Prefix.Length + Base64Url.GetEncodedLength(FixedBytes + MaxEndpointBytes);

    /// <summary>Where the receiver waits.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>The SHA-256 of the receiver's certificate: 64 capital hex digits.</summary>
    public string Fingerprint => Convert.ToHexString(FingerprintBytes);

    internal byte[] FingerprintBytes { get; }

    internal TicketSecret Secret { get; }

    /// <summary>Reads a ticket's line; white space around it does not matter.</summary>
    /// <exception cref="FormatException">It is none, or a part of it is missing or mistyped.</exception>
    public static Ticket Parse(string line)
    {
        var text = line.Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length > MaxLength)
        {
            throw new FormatException($"That is no ticket: a ticket is one line that begins with {Prefix}.");
        }

        try
        {
            return Read(Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length)));
        }
        catch (FormatException error)
        {
            throw new FormatException("The ticket is damaged: copy all of its line.", error);
        }
    }

    /// <summary>The line that a sender needs. It holds the secret: hand it over where nobody else reads it.</summary>
    public string ToLine()
    {
        var endpoint = Encoding.UTF8.GetBytes(Endpoint.ToString());
        byte[] rest = [.. Secret.Value, .. FingerprintBytes, .. endpoint];
        return Prefix + Base64Url.EncodeToString([.. CheckOf(rest), .. rest]);
    }

    /// <summary>The same ticket for another address of the receiver, such as that of a router in front of it.</summary>
    public Ticket At(Endpoint endpoint) => new(endpoint, FingerprintBytes, Secret);

    /// <summary>Where it leads to, without the secret.</summary>
    public override string ToString() => $"ticket for {Endpoint}";

    private static Ticket Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= FixedBytes || !bytes[..CheckBytes].SequenceEqual(CheckOf(bytes[CheckBytes..])))
        {
            throw new FormatException("Its check does not fit.");
        }

        bytes = bytes[CheckBytes..];
        var secret = new TicketSecret(bytes[..TicketSecret.Bytes].ToArray());
        bytes = bytes[TicketSecret.Bytes..];
        var endpoint = Endpoint.Parse(Encoding.UTF8.GetString(bytes[SHA256.HashSizeInBytes..]));
        return new Ticket(endpoint, bytes[..SHA256.HashSizeInBytes].ToArray(), secret);
    }

    // Tells a line that was copied wrong from one of another receiver; it protects nothing.
    private static byte[] CheckOf(ReadOnlySpan<byte> rest) => SHA256.HashData(rest)[..CheckBytes];
}
