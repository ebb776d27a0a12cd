using System.Net.Security;
using System.Security.Authentication;

namespace Switchboard.Transports.Tls;

/// <summary>TLS over what another transport makes.</summary>
internal sealed class TlsTransport(ITransport inner) : ITransport
{
#pragma warning disable CA5398 // The floor: left to themselves, some systems still allow what is broken.
    private static SslProtocols Versions { get; } = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398

    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var tls = options.Tls ?? TlsConnectOptions.Default;
        var time = options.Connection.TimeProvider;
        var check = PeerCheck.OfServer(tls, NameOf(endpoint, tls), time);
        var asked = ToAuthenticate(endpoint, tls, check);

        // One limit for all of it: the wire below keeps it for its part, and what is left is the handshake's.
        using var timer = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var below = await inner.ConnectAsync(
            TlsEndpoints.Below(endpoint), options with { Tls = null }, cancellationToken).ConfigureAwait(false);
        var wire = new TlsWire(below);
        try
        {
            await wire.ShakeHandsAsync(stream => stream.AuthenticateAsClientAsync(asked, either.Token), check)
                .ConfigureAwait(false);
            return wire;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(options.Timeout, local: null, endpoint);
        }
    }

    public async ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        if (options.Tls is not { Certificates: [_, ..] } tls)
        {
            throw new ArgumentException(
                $"{endpoint}: TLS needs a certificate to listen with. Pass one in ListenOptions.Tls; for this machine "
                + "alone, TlsCertificate.CreateSelfSigned() makes one.",
                nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(tls.MaxHandshakes, 1, nameof(options));
        if (tls.HandshakeTimeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tls.HandshakeTimeout, TimeSpan.Zero, nameof(options));
        }

        var below = await inner.BindAsync(
            TlsEndpoints.Below(endpoint), options with { Tls = null }, cancellationToken).ConfigureAwait(false);
        return TlsListener.Start(below, tls, options.Connection.TimeProvider);
    }

    /// <summary>What this end does as the server.</summary>
    public static SslServerAuthenticationOptions ToAuthenticate(
        TlsListenOptions options,
        TlsCertificate certificate,
        PeerCheck check) => new()
    {
        EnabledSslProtocols = Versions,
        AllowRenegotiation = false,
        ServerCertificateContext = certificate.Current,
        ApplicationProtocols = ToAlpn(options.ApplicationProtocols),
        ClientCertificateRequired = options.ClientRoots is not null,

        // A client that resumes does not show its certificate again. What it resumes may be of another listener of this
        // process, which asked for none or trusted others: SslStream keeps it with the server's certificate. And
        // intermediate certificates are not kept, without which that of a client may rest on no authority.
        AllowTlsResume = options.ClientRoots is null,
        CertificateChainPolicy = check.Policy,
        RemoteCertificateValidationCallback = options.ClientRoots is null ? null : check.Accept,
    };

    public static ConnectionTimeoutException TimedOut(TimeSpan limit, Endpoint? local, Endpoint remote) => new(
        TimeoutPhase.Handshake, limit, local, remote,
        $"the peer did not end the TLS handshake within {limit.TotalSeconds:0.###} s; it may not speak TLS");

    private static SslClientAuthenticationOptions ToAuthenticate(
        Endpoint endpoint,
        TlsConnectOptions options,
        PeerCheck check) => new()
        {
            EnabledSslProtocols = Versions,
            AllowRenegotiation = false,
            TargetHost = NameOf(endpoint, options) ?? "",
            ApplicationProtocols = ToAlpn(options.ApplicationProtocols),
            ClientCertificateContext = options.Certificate?.Current,
            CertificateChainPolicy = check.Policy,
            RemoteCertificateValidationCallback = check.Accept,
        };

    private static string? NameOf(Endpoint endpoint, TlsConnectOptions options) =>
        options.ServerName
        ?? (endpoint as HostEndpoint)?.Host
        ?? (options is { Pin: null, Verification: TlsVerification.Full }
            ? throw new ArgumentException(
                $"{endpoint} has no host whose name the server could prove. Pass TlsConnectOptions.ServerName, or a "
                + "Pin.",
                nameof(endpoint))
            : null);

    private static List<SslApplicationProtocol>? ToAlpn(IReadOnlyList<string> names) =>
        names.Count == 0 ? null : [.. names.Select(name => new SslApplicationProtocol(name))];
}
