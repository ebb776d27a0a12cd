using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Generating;

/// <summary>Opens a board as a browser does, and then reads whatever it is told.</summary>
internal sealed class BoardVisitor : IDisposable
{
    private static readonly string[] Files =
    [
        "/", "/base.css", "/board.css", "/icon.svg", "/main.js", "/detail.js", "/bytes.js", "/frames.js", "/calls.js",
        "/kernel.js", "/plot.js", "/side.js", "/table.js", "/text.js", "/export.js", "/live.js",
    ];

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Task _reading = Task.CompletedTask;

    private BoardVisitor()
    {
    }

    /// <summary>From the first request to the first look.</summary>
    public TimeSpan Opening { get; private set; }

    /// <summary>How many bytes were sent to it by then, compressed as they were.</summary>
    public long Bytes { get; private set; }

    /// <exception cref="LoadException">The board does not answer as it should.</exception>
    public static BoardVisitor Open(int port, string token)
    {
        var visitor = new BoardVisitor();
        try
        {
            visitor.OpenAsync(port, token).Wait();
            return visitor;
        }
        catch (AggregateException error)
        {
            visitor.Dispose();
            throw new EchoFailedException($"The board cannot be opened. {error.InnerException!.Message}");
        }
    }

    private async Task OpenAsync(int port, string token)
    {
        var began = Stopwatch.GetTimestamp();
        var cookie = $"switchboard-board-{port}={token}";
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        foreach (var file in Files)
        {
            Bytes += (await http.GetByteArrayAsync(new Uri(file, UriKind.Relative))).Length;
        }

        _socket.Options.SetRequestHeader("Cookie", cookie);
        _socket.Options.SetRequestHeader("Origin", $"http://127.0.0.1:{port}");
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), CancellationToken.None);
        Bytes += await ReadUntilLookAsync();
        Opening = Stopwatch.GetElapsedTime(began);
        _reading = ReadAllAsync();
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _reading.Wait();
        _socket.Dispose();
        _leaving.Dispose();
    }

    private async Task<long> ReadUntilLookAsync()
    {
        var bytes = 0L;
        while (true)
        {
            var piece = await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
            bytes += piece.Count;
            if (Encoding.UTF8.GetString(_buffer, 0, piece.Count).Contains("\"look\"", StringComparison.Ordinal))
            {
                return bytes;
            }
        }
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (true)
            {
                await _socket.ReceiveAsync(_buffer.AsMemory(), _leaving.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // The visitor leaves.
        }
    }
}
