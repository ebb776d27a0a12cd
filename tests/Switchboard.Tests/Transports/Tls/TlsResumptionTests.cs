using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.Tls;

/// <summary>
/// A client that comes again may continue what it agreed on before (resumption). Where in this process it has been must
/// make no difference to who accepts it.
/// </summary>
public class TlsResumptionTests
{
    private const int Times = 8;

    private static readonly TestAuthority Authority = new();

    private static readonly TlsConnectOptions Alice = new()
    {
        ServerName = "localhost",
        TrustedRoots = Authority.Roots,
        Certificate = Authority.Issue("alice", forClients: true),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Servers_of_one_certificate_agree_whether_or_not_they_ask_for_the_clients(bool askingFirst)
    {
        var certificate = Authority.Issue();
        await using var open = await TlsTrial.StartAsync(new() { Certificates = [certificate] });
        await using var asking = await TlsTrial.StartAsync(
            new() { Certificates = [certificate], ClientRoots = Authority.Roots });

        for (var time = 0; time < Times; time++)
        {
            foreach (var isAsking in (bool[])[askingFirst, !askingFirst])
            {
                var subject = await TalkAsync(isAsking ? asking : open, Alice);
                Assert.Equal(isAsking ? "CN=alice" : null, subject);
            }
        }

        Assert.Empty(open.Failures);
        Assert.Empty(asking.Failures);
    }

    [Fact]
    public async Task A_client_that_one_server_knows_is_still_a_stranger_to_one_of_other_authorities()
    {
        var certificate = Authority.Issue();
        await using var home = await TlsTrial.StartAsync(
            new() { Certificates = [certificate], ClientRoots = Authority.Roots });
        await using var abroad = await TlsTrial.StartAsync(
            new() { Certificates = [certificate], ClientRoots = new TestAuthority("Elsewhere").Roots });
        var accepting = abroad.Listener.AcceptAsync();

        for (var time = 0; time < Times; time++)
        {
            Assert.Equal("CN=alice", await TalkAsync(home, Alice));
            await Assert.ThrowsAnyAsync<ConnectionException>(async () =>
            {
                await using var client = await abroad.ConnectAsync(Alice);
                await client.ReceiveAsync(new byte[1]).Soon();
            });
            await Waiting.UntilAsync(() => abroad.Failures.Count == time + 1);
        }

        Assert.False(accepting.IsCompleted, "Nobody may be accepted.");
        Assert.All(
            abroad.Failures,
            failure => Assert.Equal(TlsFailure.UnknownAuthority, Assert.IsType<TlsException>(failure).Failure));
    }

    [Fact]
    public async Task A_client_that_an_intermediate_authority_vouches_for_may_come_again()
    {
        var intermediate = new TestAuthority("Intermediate", Authority);
        var bob = TlsCertificate.From(intermediate.IssueBare("bob", forClients: true), intermediate.Roots);
        await using var asking = await TlsTrial.StartAsync(
            new() { Certificates = [Authority.Issue()], ClientRoots = Authority.Roots });

        for (var time = 0; time < Times; time++)
        {
            Assert.Equal("CN=bob", await TalkAsync(asking, Alice with { Certificate = bob }));
        }

        Assert.Empty(asking.Failures);
    }

    [Fact]
    public async Task A_server_that_an_intermediate_authority_vouches_for_may_be_met_again()
    {
        var intermediate = new TestAuthority("Intermediate", Authority);
        await using var open = await TlsTrial.StartAsync(
            new() { Certificates = [TlsCertificate.From(intermediate.IssueBare(), intermediate.Roots)] });

        for (var time = 0; time < Times; time++)
        {
            Assert.Null(await TalkAsync(open, Alice));
        }

        Assert.Empty(open.Failures);
    }

    // What a client continues with comes behind the handshake, with the first bytes that it receives.
    private static async Task<string?> TalkAsync(TlsTrial trial, TlsConnectOptions options)
    {
        var (client, server) = await trial.ConnectBothAsync(options);
        await server.SendAsync("!"u8.ToArray()).Soon();
        Assert.Equal(1, await client.ReceiveAsync(new byte[1]).Soon());
        await client.SendAsync("?"u8.ToArray()).Soon();
        Assert.Equal(1, await server.ReceiveAsync(new byte[1]).Soon());
        var subject = server.Tls!.PeerCertificate?.Subject;

        // In order, and both at once, since each waits for the other: what ends otherwise is not resumed.
        await Task.WhenAll(client.DisposeAsync().AsTask(), server.DisposeAsync().AsTask()).Soon();

        return subject;
    }
}
