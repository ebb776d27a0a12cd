using System.Net;
using System.Security.Cryptography;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>.NET's own client, in each of its versions, with TLS and without.</summary>
public sealed class HttpClientTests
{
    private static readonly Uri Echo = new("/echo", UriKind.Relative);

    public static TheoryData<WebTransport, string, bool> Cases =>
    [
        .. from transport in WebTransports.Ours
           from version in (string[])["1.1", "2.0"]
           from tls in (bool[])[false, true]
           select (transport, version, tls),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_large_body_comes_back_as_it_was(WebTransport transport, string version, bool tls)
    {
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenWith(version, tls));
        using var client = WebClient.Make(run.Address, version);
        var body = RandomNumberGenerator.GetBytes(3_000_000);

        using var content = new ByteArrayContent(body);
        using var answer = await client.PostAsync(Echo, content).Soon();

        Assert.Equal(Version.Parse(version), answer.Version);
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync().Soon());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Many_requests_at_once_get_each_its_own_answer(WebTransport transport, string version, bool tls)
    {
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenWith(version, tls));
        using var client = WebClient.Make(run.Address, version);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            using var content = new StringContent($"number {number}");
            using var answer = await client.PostAsync(Echo, content);
            return await answer.Content.ReadAsStringAsync();
        })).Soon();

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"number {number}"), answers);
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task The_peers_address_is_known(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(
            transport,
            http => WebClient.AnswerAsync(http, $"{http.Connection.RemoteIpAddress} {http.Connection.LocalPort}"));
        using var client = WebClient.Make(run.Address, "1.1");
        var answer = await client.GetStringAsync(new Uri("/", UriKind.Relative)).Soon();
        Assert.Equal($"{IPAddress.Loopback} {run.Port}", answer);
    }
}
