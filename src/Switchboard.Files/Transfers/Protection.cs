namespace Switchboard.Files;

/// <summary>What keeps strangers out of a transfer.</summary>
public enum Protection
{
    /// <summary>TLS 1.3 with the certificate that the ticket names, and the secret in it proven by both ends.</summary>
    Ticket = 0,

    /// <summary>
    /// Nothing: whoever reaches the endpoint may send, and whoever is on the way can read and change everything. For
    /// links that nobody else can reach.
    /// </summary>
    None = 1,
}
