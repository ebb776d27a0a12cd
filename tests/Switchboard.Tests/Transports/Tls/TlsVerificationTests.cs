using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.Tls;

public class TlsVerificationTests
{
    private static readonly TestAuthority Authority = new();

    private static readonly TlsConnectOptions Trusting =
        new() { ServerName = "localhost", TrustedRoots = Authority.Roots };

    [Fact]
    public async Task Both_ends_tell_what_was_agreed_on()
    {
        var certificate = Authority.Issue();
        await using var trial = await TlsTrial.StartAsync(
            new() { Certificates = [certificate], ApplicationProtocols = ["two", "one"] });

        var (client, server) = await trial.ConnectBothAsync(Trusting with { ApplicationProtocols = ["one", "two"] });

        Assert.Equal("Tls13", $"{client.Tls!.Protocol}");
        Assert.Equal(client.Tls.Protocol, server.Tls!.Protocol);
        Assert.Equal(client.Tls.CipherSuite, server.Tls.CipherSuite);
        Assert.Equal("two", client.Tls.ApplicationProtocol);
        Assert.Equal("two", server.Tls.ApplicationProtocol);
        Assert.Equal("localhost", server.Tls.ServerName);
        Assert.Null(server.Tls.PeerCertificate);
        Assert.Equal(certificate.Fingerprint, client.Tls.PeerCertificate!.GetCertHashString(HashAlgorithmName.SHA256));
        Assert.Equal(trial.Listener.Local, client.Remote);
        client.Abort();
        server.Abort();
    }

    [Fact]
    public async Task A_plain_connection_has_no_details()
    {
        var (near, far) = Connection.CreatePair();
        Assert.Null(near.Tls);
        near.Abort();
        far.Abort();
        await far.Closed.Soon();
    }

    public static TheoryData<string, TlsFailure, string> Refusals => new()
    {
        { "expired", TlsFailure.Expired, "its certificate expired on " },
        { "not yet valid", TlsFailure.NotYetValid, "its certificate is not valid before " },
        { "another host", TlsFailure.WrongHost, "its certificate is not for localhost but for example.com" },
        { "self-signed", TlsFailure.SelfSigned, "its certificate vouches for itself; if it is the right one, pin" },
        { "unknown authority", TlsFailure.UnknownAuthority, "was issued by CN=Stranger, which is not trusted here" },
        { "a client's", TlsFailure.WrongUsage, "its certificate is for another purpose" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_server_is_refused_with_the_reason(string kind, TlsFailure failure, string sentence)
    {
        var certificate = kind switch
        {
            "expired" => Authority.Issue(validFromDays: -20, validToDays: -10),
            "not yet valid" => Authority.Issue(validFromDays: 10, validToDays: 20),
            "another host" => Authority.Issue("example.com"),
            "self-signed" => TlsCertificate.CreateSelfSigned(),
            "unknown authority" => new TestAuthority("Stranger").Issue(),
            _ => Authority.Issue(forClients: true),
        };
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [certificate] });

        var error = await Assert.ThrowsAsync<TlsException>(() => trial.ConnectAsync(Trusting));

        Assert.Equal(failure, error.Failure);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("handshake tls://127.0.0.1:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pin_is_enough_for_a_certificate_that_nobody_vouches_for()
    {
        var certificate = TlsCertificate.CreateSelfSigned(["elsewhere"]);
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [certificate] });

        var colons = string.Join(':', certificate.Fingerprint.Chunk(2).Select(pair => new string(pair)));
        foreach (var pin in (string[])[certificate.Fingerprint, colons.ToLowerInvariant()])
        {
            var (client, server) = await trial.ConnectBothAsync(new() { Pin = pin });
            client.Abort();
            server.Abort();
        }
    }

    [Fact]
    public async Task Another_certificate_than_the_pinned_one_is_refused_though_an_authority_vouches_for_it()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Authority.Issue()] });
        var pin = new string('A', 64);

        var error = await Assert.ThrowsAsync<TlsException>(() => trial.ConnectAsync(Trusting with { Pin = pin }));

        Assert.Equal(TlsFailure.PinMismatch, error.Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12:34")]
    [InlineData("gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    public void A_pin_that_is_no_fingerprint_is_refused(string pin)
    {
        var error = Assert.Throws<ArgumentException>(() => new TlsConnectOptions { Pin = pin });
        Assert.Contains("64 hex digits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_for_revocation_refuses_where_nobody_answers()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Authority.Issue()] });

        var error = await Assert.ThrowsAsync<TlsException>(
            () => trial.ConnectAsync(Trusting with { Revocation = X509RevocationMode.Online }));

        Assert.Equal(TlsFailure.RevocationUnknown, error.Failure);
    }

    [Fact]
    public async Task Accepting_anyone_has_to_be_asked_for()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [TlsCertificate.CreateSelfSigned()] });

        var (client, server) = await trial.ConnectBothAsync(
            new() { Verification = TlsVerification.InsecureAcceptAnyone });

        Assert.NotNull(client.Tls);
        client.Abort();
        server.Abort();
    }

    [Fact]
    public async Task An_endpoint_without_a_host_needs_a_name_or_a_pin()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => Connection.ConnectAsync("memory:nameless", new ConnectOptions { Tls = new() }));
        Assert.Contains("ServerName", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listening_needs_a_certificate()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Listener.BindAsync("tls://127.0.0.1:0"));
        Assert.Contains("TlsCertificate.CreateSelfSigned()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_client_gets_the_certificate_of_the_name_that_it_asks_for()
    {
        var (first, second) = (Authority.Issue("first.test"), Authority.Issue("second.test"));
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [first, second] });

        foreach (var (name, expected) in new[] { ("first.test", first), ("second.test", second) })
        {
            var (client, server) = await trial.ConnectBothAsync(Trusting with { ServerName = name });
            Assert.Equal(
                expected.Fingerprint, client.Tls!.PeerCertificate!.GetCertHashString(HashAlgorithmName.SHA256));
            client.Abort();
            server.Abort();
        }

        var (stranger, accepted) = await trial.ConnectBothAsync(
            new() { ServerName = "other.test", Pin = first.Fingerprint });
        stranger.Abort();
        accepted.Abort();
    }

    [Fact]
    public async Task A_client_with_a_certificate_of_the_right_authority_is_known_by_it()
    {
        await using var trial = await TlsTrial.StartAsync(
            new() { Certificates = [Authority.Issue()], ClientRoots = Authority.Roots });
        var own = Authority.Issue("alice", forClients: true);

        var (client, server) = await trial.ConnectBothAsync(Trusting with { Certificate = own });

        Assert.Equal("CN=alice", server.Tls!.PeerCertificate!.Subject);
        client.Abort();
        server.Abort();
    }

    public static TheoryData<string, TlsFailure> ClientRefusals => new()
    {
        { "none", TlsFailure.NoClientCertificate },
        { "unknown authority", TlsFailure.UnknownAuthority },
        { "expired", TlsFailure.Expired },
        { "a server's", TlsFailure.WrongUsage },
    };

    [Theory]
    [MemberData(nameof(ClientRefusals))]
    public async Task A_client_is_refused_before_it_is_accepted(string kind, TlsFailure failure)
    {
        await using var trial = await TlsTrial.StartAsync(
            new() { Certificates = [Authority.Issue()], ClientRoots = Authority.Roots });
        var own = kind switch
        {
            "none" => null,
            "unknown authority" => new TestAuthority("Stranger").Issue("bob", forClients: true),
            "expired" => Authority.Issue("bob", validFromDays: -20, validToDays: -10, forClients: true),
            _ => Authority.Issue("bob"),
        };
        var accepting = trial.Listener.AcceptAsync();

        // With TLS 1.3 a client has done its part before it is looked at, and hears of it when it receives.
        var error = await Assert.ThrowsAnyAsync<ConnectionException>(async () =>
        {
            await using var client = await trial.ConnectAsync(Trusting with { Certificate = own });
            await client.ReceiveAsync(new byte[1]).Soon();
        });

        Assert.Equal(failure, ((TlsException)await trial.FailureAsync()).Failure);
        Assert.False(accepting.IsCompleted, "Nobody may be accepted.");
        Assert.Equal(1, trial.Listener.GetStatistics().PassedOver);
        Assert.NotNull(error);
    }

    [Fact]
    public async Task Ends_without_an_application_protocol_in_common_say_so()
    {
        await using var trial = await TlsTrial.StartAsync(
            new() { Certificates = [Authority.Issue()], ApplicationProtocols = ["ours"] });

        var error = await Assert.ThrowsAsync<TlsException>(
            () => trial.ConnectAsync(Trusting with { ApplicationProtocols = ["theirs"] }));

        Assert.Equal(TlsFailure.NoApplicationProtocol, error.Failure);
        Assert.Equal(TlsFailure.NoApplicationProtocol, ((TlsException)await trial.FailureAsync()).Failure);
    }
}
