using Switchboard.Board.Explaining;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Explaining;

public sealed class CallTextTests
{
    [Theory]
    [InlineData("recv", 0, 100, "the peer has finished sending")]
    [InlineData("recv", 4, 4, "More may lie in the queue")]
    [InlineData("recv", 5, 100, "of one send or of many")]
    [InlineData("send", 16_384, 1_000_000, "send took 16,384 of 1,000,000 bytes")]
    [InlineData("send", 1, 1, "send took 1 byte:")]
    public void What_a_call_returns_is_told_by_what_it_means(string call, long value, long asked, string part)
    {
        Assert.Contains(part, CallText.Returned(call, value, asked, errno: 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connect", 111, "connect failed with ECONNREFUSED. The machine is there, and said no")]
    [InlineData("bind", 98, "bind failed with EADDRINUSE.")]
    [InlineData("send", 4000, "send failed with errno 4000.")]
    public void An_error_has_its_name_and_a_sentence(string call, int errno, string beginning)
    {
        Assert.StartsWith(beginning, CallText.Returned(call, -1, 0, errno), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kernel_is_asked_about_a_connection_of_this_machine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux alone is asked.");
        await using var listener = await Listener.BindAsync("tcp://127.0.0.1:0");
        await using var client = await Connection.ConnectAsync(listener.Local);
        await using var server = await listener.AcceptAsync();

        await client.SendAsync("hello"u8.ToArray());
        await Waiting.UntilAsync(() => KernelText.Of(server.Local, server.Remote)!.Contains(
            "5 bytes came and were not read", StringComparison.Ordinal));

        Assert.StartsWith(
            "ESTABLISHED. Both ends may send.", KernelText.Of(client.Local, client.Remote), StringComparison.Ordinal);
        Assert.Null(KernelText.Of(server.Local, "tcp://127.0.0.1:1"));
        Assert.Null(KernelText.Of("memory:a", "memory:b"));
    }
}
