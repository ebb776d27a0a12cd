using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Tests;

public sealed class WrkLoadTests
{
    private const string Output = """
        Running 5s test @ http://127.0.0.1:20345/
          1 threads and 256 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency     5.50ms    2.50ms  50.00ms   80.00%
            Req/Sec    43.45k     3.00k   50.00k    70.00%
          Latency Distribution
             50%    5.59ms
             75%    7.01ms
             90%    9.99ms
             99%  950.00us
          217250 requests in 5.02s, 30.00MB read
        Requests/sec:  43276.89
        Transfer/sec:      5.98MB
        """;

    [Fact]
    public void What_wrk_prints_is_understood()
    {
        var result = WrkLoad.Parse(Output);
        Assert.Equal(
            new WrkResult(
                217_250, TimeSpan.FromSeconds(5.02), TimeSpan.FromMilliseconds(5.59), TimeSpan.FromMicroseconds(950)),
            result);
    }

    [Theory]
    [InlineData("  Socket errors: connect 0, read 3, write 0, timeout 0\n")]
    [InlineData("  Non-2xx or 3xx responses: 7\n")]
    public void Requests_that_failed_are_no_result(string line)
    {
        var error = Assert.Throws<WrkFailedException>(() => WrkLoad.Parse(Output + "\n" + line));
        Assert.Contains(line.Trim(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_else_is_no_result() =>
        Assert.Throws<WrkFailedException>(() => WrkLoad.Parse("unable to connect"));
}
