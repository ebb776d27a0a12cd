using System.Net.Sockets;
using Switchboard.Connections;
using Switchboard.Testing;

namespace Switchboard.Tests.Transports;

/// <summary>Every transport of the library keeps every promise, and gives every buffer back.</summary>
[Collection(nameof(ConformanceAlone))]
public sealed class ConformanceTests : IDisposable
{
    private static readonly Dictionary<string, Endpoint> Endpoints = new()
    {
        ["tcp4"] = "tcp://127.0.0.1:0",
        ["tcp6"] = "tcp://[::1]:0",
        ["unix"] = UnixEndpoint.Unnamed,
        ["memory"] = "memory:conformance",
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("conformance-");
    private int _names;

    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from transport in Endpoints.Keys
        from check in TransportConformance.Checks
        select new TheoryDataRow<string, string>(transport, check.Name)
        {
            TestDisplayName = $"{transport}: {check.Name}",
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_transport_keeps_the_promise(string transport, string name)
    {
        Assert.SkipWhen(transport == "tcp6" && !Socket.OSSupportsIPv6, "This machine has no IPv6.");
        var check = TransportConformance.Checks.Single(check => check.Name == name);
        var rentedBefore = BufferPool.Rented;

        await check.RunAsync(Subject(transport), TestContext.Current.CancellationToken);

        Assert.Equal(rentedBefore, BufferPool.Rented);
    }

    [Fact]
    public void Every_check_has_a_name_of_its_own()
    {
        var names = TransportConformance.Checks.Select(check => check.Name).ToList();

        Assert.Equal(names.Distinct(), names);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private ConformanceSubject Subject(string transport) => new()
    {
        NewEndpoint = () => Endpoints[transport] switch
        {
            UnixEndpoint => new UnixEndpoint(Path.Combine(_directory.FullName, $"{++_names}.sock")),
            MemoryEndpoint => new MemoryEndpoint($"conformance-{++_names}"),
            var any => any,
        },
        ShowsResets = transport != "unix",
    };
}
