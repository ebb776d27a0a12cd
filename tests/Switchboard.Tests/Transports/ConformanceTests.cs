using System.Net.Sockets;
using Switchboard.Connections;
using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;
using Switchboard.Transports;

namespace Switchboard.Tests.Transports;

/// <summary>Every transport of the library keeps every promise, and gives every buffer back.</summary>
[Collection(nameof(ConformanceAlone))]
public sealed class ConformanceTests(ConformanceTable table) : IClassFixture<ConformanceTable>, IDisposable
{
    private const string RelayedTcp = "relay tcp4 to tcp4";
    private const string RelayedUnix = "relay unix to tcp4";
    private const string OnThreads = "tcp4 on threads";

    private static readonly Dictionary<string, Endpoint> Endpoints = new()
    {
        ["tcp4"] = "tcp://127.0.0.1:0",
        ["tcp6"] = "tcp://[::1]:0",
        ["unix"] = UnixEndpoint.Unnamed,
        ["pipe"] = "pipe:conformance",
        ["memory"] = "memory:conformance",
        ["shm"] = "shm:conformance",
        ["shm spinning"] = "shm:conformance",
        ["tls over tcp4"] = "tls://127.0.0.1:0",
        ["tls over tcp6"] = "tls://[::1]:0",
        ["tls over unix"] = UnixEndpoint.Unnamed,
        ["tls over pipe"] = "pipe:conformance",
        ["tls over shm"] = "shm:conformance",
        ["tls over memory"] = "memory:conformance",
        [RelayedTcp] = "tcp://127.0.0.1:0",
        [RelayedUnix] = UnixEndpoint.Unnamed,
        [OnThreads] = "tcp://127.0.0.1:0",
    };

    // As small as the checks allow, so that its seams are met often.
    private static readonly SharedMemoryTransport SmallAndSpinning = new(
        new SharedMemoryOptions { BufferBytes = 64 * 1024, SpinBeforeSleep = TimeSpan.FromMicroseconds(20) });

    // A machine may be slow, and have much else to do. Checks that are about a time say which.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly ConnectionOptions Patient = new() { CloseTimeout = Patience };

    private static readonly TlsCertificate Certificate = TlsCertificate.CreateSelfSigned();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("conformance-");
    private int _names;

    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        from transport in Endpoints.Keys
        from engine in Endpoints[transport] is MemoryEndpoint ? ["no engine"] : TestEngines.All
        from check in TransportConformance.Checks
        select new TheoryDataRow<string, string, string>(transport, engine, check.Name)
        {
            TestDisplayName = $"{transport}, {engine}: {check.Name}",
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_transport_keeps_the_promise(string transport, string engine, string name)
    {
        var isShared = Endpoints[transport] is SharedMemoryEndpoint;
        Assert.SkipWhen(isShared && !OperatingSystem.IsLinux(), "Shared memory works on Linux only.");
        var isIPv6 = transport.EndsWith("tcp6", StringComparison.Ordinal);
        Assert.SkipWhen(isIPv6 && !Socket.OSSupportsIPv6, "This machine has no IPv6.");
        var check = TransportConformance.Checks.Single(check => check.Name == name);
        var rentedBefore = BufferPool.Rented;
        var openBefore = OpenDescriptors.Sockets;

        await check.RunAsync(Subject(transport, engine), TestContext.Current.CancellationToken);

        if (Make(transport) is RelayedTransport or ThreadServedTransport)
        {
            // A relay between the ends, or an end's own thread, is done a moment after them.
            await Waiting.UntilAsync(() => BufferPool.Rented <= rentedBefore);
        }
        else
        {
            // Fewer are no fault of this check: whatever ran before may have left some, and gives them back by now.
            Assert.InRange(BufferPool.Rented, 0, rentedBefore);
        }

        // An engine closes a descriptor when the last call has been left, which may be a moment later.
        await Waiting.UntilAsync(() => OpenDescriptors.Sockets <= openBefore);
        table.Note(transport, engine);
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
        var asks = Endpoints[transport] is MemoryEndpoint ? null : TestEngines.Of(engine);
        var made = Make(transport);
        var tls = transport.StartsWith("tls", StringComparison.Ordinal);
        return new ConformanceSubject
        {
            Listen = new ListenOptions
            {
                Engine = asks,
                Transport = made,
                Tls = tls ? new TlsListenOptions { Certificates = [Certificate], HandshakeTimeout = Patience } : null,
                Connection = Patient,
            },
            Connect = new ConnectOptions
            {
                Engine = asks,
                Transport = made,
                Tls = tls ? new TlsConnectOptions { Pin = Certificate.Fingerprint } : null,
                Timeout = Patience,
                Connection = Patient,
            },
            NewEndpoint = () => Endpoints[transport] switch
            {
                UnixEndpoint => new UnixEndpoint(Path.Combine(_directory.FullName, $"{++_names}.sock")),
                PipeEndpoint => new PipeEndpoint($"conformance-{Environment.ProcessId}-{++_names}"),
                MemoryEndpoint => new MemoryEndpoint($"conformance-{++_names}"),
                SharedMemoryEndpoint => new SharedMemoryEndpoint($"conformance-{Environment.ProcessId}-{++_names}"),
                var any => any,
            },

            // An end of TLS is bytes, and the faults make a send wait for 10 milliseconds and more.
            ShortestCloseTimeout = tls && engine == TestEngines.EpollWithFaults
                ? TimeSpan.FromMilliseconds(500)
                : TimeSpan.Zero,
            Deadline = Patience,
            ShowsPeers = made is not RelayedTransport,

            // Through a relay there are two connections one behind the other, each with buffers of its own.
            MaxBufferedBytes = made is RelayedTransport ? 64 * 1024 * 1024 : 32 * 1024 * 1024,
            ShowsResets = Endpoints[transport] is not (UnixEndpoint or PipeEndpoint),
        };
    }

    /// <summary>The transport to try, where it is not the endpoint's own.</summary>
    private static ITransport? Make(string transport) => transport switch
    {
        "shm spinning" => SmallAndSpinning,
        RelayedTcp => new RelayedTransport(TcpTransport.Instance, TcpTransport.Instance, () => "tcp://127.0.0.1:0"),
        RelayedUnix => new RelayedTransport(UnixTransport.Instance, TcpTransport.Instance, () => "tcp://127.0.0.1:0"),
        OnThreads => new ThreadServedTransport(TcpTransport.Instance),
        _ => null,
    };
}
