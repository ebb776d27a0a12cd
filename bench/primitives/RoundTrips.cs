using BenchmarkDotNet.Attributes;

namespace Switchboard.Bench.Primitives;

/// <summary>
/// One message to a server in this process and back, on connections that are warm. What is measured is both ends
/// together.
/// </summary>
[MemoryDiagnoser]
public class RoundTrips
{
    private const int MaxFrameBytes = 1024 * 1024;

    private readonly List<IAsyncDisposable> _opened = [];
    private byte[] _message = [];
    private byte[] _echo = [];
    private Connection? _raw;
    private Stream? _stream;
    private FramedConnection? _framed;

    [Params("memory:", "tcp://127.0.0.1:0")]
    public string Endpoint { get; set; } = "";

    [Params(32, 1024, 16 * 1024)]
    public int MessageBytes { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _message = new byte[MessageBytes];
        _echo = new byte[MessageBytes];
        _raw = await ConnectAsync("raw", EchoAsync);
        _stream = (await ConnectAsync("stream", EchoAsync)).AsStream();
        _framed = (await ConnectAsync("framed", EchoFramesAsync)).Frames(Framing.LengthPrefixed(MaxFrameBytes));
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        // Connections before their servers, which would wait for their handlers.
        foreach (var opened in Enumerable.Reverse(_opened))
        {
            await opened.DisposeAsync();
        }
    }

    [Benchmark(Baseline = true)]
    public async Task RawAsync()
    {
        await _raw!.SendAsync(_message);
        await _raw.ReceiveExactlyAsync(_echo);
    }

    [Benchmark]
    public async Task StreamAsync()
    {
        await _stream!.WriteAsync(_message);
        await _stream.ReadExactlyAsync(_echo);
    }

    [Benchmark]
    public async Task<int> FramedAsync()
    {
        await _framed!.SendAsync(_message);
        return (await _framed.ReceiveAsync())!.Value.Length;
    }

    private async Task<Connection> ConnectAsync(string name, ConnectionHandler handler)
    {
        var place = Endpoint == "memory:" ? Endpoint + name : Endpoint;
        var server = await Server.StartAsync(place, handler);
        _opened.Add(server);
        var connection = await Connection.ConnectAsync(server.Local);
        _opened.Add(connection);
        return connection;
    }

    private static async Task EchoAsync(Connection connection, CancellationToken stopping)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await connection.ReceiveAsync(buffer, stopping)) > 0)
        {
            await connection.SendAsync(buffer.AsMemory(0, count), CancellationToken.None);
        }
    }

    private static async Task EchoFramesAsync(Connection connection, CancellationToken stopping)
    {
        await using var frames = connection.Frames(Framing.LengthPrefixed(MaxFrameBytes));
        await foreach (var frame in frames.ReceiveAllAsync(stopping))
        {
            await frames.SendAsync(frame, CancellationToken.None);
        }
    }
}
