using System.Net;
using System.Net.Sockets;
using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

[Collection(nameof(DescriptorsAlone))]
public sealed class DescriptorTests(WholeBudget budget)
{
    public static TheoryData<WebTransport> Ours => [.. WebTransports.Ours];

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Accepting_waits_for_descriptors_and_says_so(WebTransport transport)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere nobody tells how many there are.");
        await budget.WaitUntilAllAreBackAsync();
        var taken = 0;
        for (; DescriptorBudget.Left > 0; taken++)
        {
            await DescriptorBudget.TakeAsync(CancellationToken.None);
        }

        try
        {
            await using var run = await WebRun.StartAsync(transport, EchoApplication.RunAsync);
            await Waiting.UntilAsync(
                () => run.Log.Texts.Any(text => text.Contains("few descriptors", StringComparison.Ordinal)));
            using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(IPAddress.Loopback, run.Port);
            await client.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
            using var answer = new StreamReader(new NetworkStream(client));
            var reading = answer.ReadLineAsync();
            Assert.False(reading.IsCompleted);

            DescriptorBudget.GiveBack();
            taken--;

            // Kept alive: a client that has left has given its descriptor to whoever accepts the next one.
            Assert.Equal("HTTP/1.1 200 OK", await reading.Soon());
            await Waiting.UntilAsync(() => run.Log.Texts.Count(
                text => text.Contains("few descriptors", StringComparison.Ordinal)) > 1);
        }
        finally
        {
            for (; taken > 0; taken--)
            {
                DescriptorBudget.GiveBack();
            }
        }
    }

    [Fact]
    public async Task A_connection_gives_its_descriptor_back()
    {
        await budget.WaitUntilAllAreBackAsync();
        var left = DescriptorBudget.Left;
        await using (var run = await WebRun.StartAsync(WebTransport.Sockets, EchoApplication.RunAsync))
        {
            await RawExchange.RunAsync(run.Port, "GET / HTTP/1.0\r\n\r\n");

            // One is taken for whoever comes next.
            await Waiting.UntilAsync(() => DescriptorBudget.Left == left - 1);
        }

        await Waiting.UntilAsync(() => DescriptorBudget.Left == left);
    }
}
