using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

/// <summary>Alone, because the environment is everybody's.</summary>
[Collection(Alone.Name)]
public sealed class PipePathTests
{
    private static readonly PipeEndpoint Pipe = new("bank");

    [Fact]
    public async Task A_name_whose_path_is_too_long_for_a_socket_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the framework knows the path.");
        var before = Environment.GetEnvironmentVariable("TMPDIR");
        Environment.SetEnvironmentVariable("TMPDIR", "/tmp/" + new string('x', 100));
        try
        {
            var connect = await Assert.ThrowsAsync<ConnectionException>(() => Connection.ConnectAsync(Pipe));
            var listen = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(Pipe));

            Assert.Contains("TMPDIR", connect.Problem, StringComparison.Ordinal);
            Assert.Contains("TMPDIR", listen.Problem, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
        }
    }
}
