using System.Net.Sockets;
using Switchboard.Connections;
using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;

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

    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        from transport in Endpoints.Keys
        from engine in transport == "memory" ? ["no engine"] : TestEngines.All
        from check in TransportConformance.Checks
        select new TheoryDataRow<string, string, string>(transport, engine, check.Name)
        {
            TestDisplayName = $"{transport}, {engine}: {check.Name}",
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_transport_keeps_the_promise(string transport, string engine, string name)
    {
        Assert.SkipWhen(transport == "tcp6" && !Socket.OSSupportsIPv6, "This machine has no IPv6.");
        var check = TransportConformance.Checks.Single(check => check.Name == name);
        var rentedBefore = BufferPool.Rented;
        var openBefore = OpenDescriptors.Sockets;

        await check.RunAsync(Subject(transport, engine), TestContext.Current.CancellationToken);

        Assert.Equal(rentedBefore, BufferPool.Rented);

        // An engine closes a descriptor when the last call has been left, which may be a moment later.
        await Waiting.UntilAsync(() => OpenDescriptors.Sockets <= openBefore);
    }

    [Fact]
    public void Every_check_has_a_name_of_its_own()
    {
        var names = TransportConformance.Checks.Select(check => check.Name).ToList();

        Assert.Equal(names.Distinct(), names);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private ConformanceSubject Subject(string transport, string engine)
    {
        var asks = transport == "memory" ? null : TestEngines.Of(engine);
        return new ConformanceSubject
        {
            Listen = new ListenOptions { Engine = asks },
            Connect = new ConnectOptions { Engine = asks },
            NewEndpoint = () => Endpoints[transport] switch
            {
                UnixEndpoint => new UnixEndpoint(Path.Combine(_directory.FullName, $"{++_names}.sock")),
                MemoryEndpoint => new MemoryEndpoint($"conformance-{++_names}"),
                var any => any,
            },
            ShowsResets = transport != "unix",
        };
    }
}
