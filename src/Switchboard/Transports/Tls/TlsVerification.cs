namespace Switchboard;

/// <summary>What a server has to prove.</summary>
public enum TlsVerification
{
    /// <summary>An authority that is trusted here vouches for it, under the name that was meant; or its pin.</summary>
    Full,

    /// <summary>
    /// Nothing: anybody on the way can pretend to be the server, read everything and change everything. For experiments
    /// on one's own machine; a <see cref="TlsConnectOptions.Pin"/> is as easy, and safe.
    /// </summary>
    InsecureAcceptAnyone,
}
