using System.Buffers;
using System.IO.Pipelines;

namespace Switchboard.Testing.Conformance;

/// <summary>The connection as a file, and as pipes.</summary>
internal static class ViewChecks
{
    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("Readers and writers of text exchange lines over the stream", Lines),
        ConformanceCheck.BothWays("Readers and writers of text that block exchange lines over the stream", Blocking),
        ConformanceCheck.BothWays("The stream reads to the end after its own half was finished", HalfClosed),
        ConformanceCheck.BothWays("Disposing the stream closes the connection", StreamDisposed),
        ConformanceCheck.BothWays("Pipes carry bytes, and completing the writer finishes sending", Pipes),
        ConformanceCheck.BothWays("Completing the reader leaves the connection open", ReaderCompleted),
    ];

    private static async Task Lines(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        using var writer = new StreamWriter(near.AsStream(), leaveOpen: true) { AutoFlush = true };
        using var reader = new StreamReader(far.AsStream(), leaveOpen: true);
        await trial.Soon(writer.WriteLineAsync("Hello, world!"));
        await trial.Soon(writer.WriteLineAsync("Grüße"));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        trial.Equal("Hello, world!", await trial.Soon(reader.ReadLineAsync(trial.Token)), "the first line");
        trial.Equal("Grüße", await trial.Soon(reader.ReadLineAsync(trial.Token)), "the second line");
        trial.Equal(null, await trial.Soon(reader.ReadLineAsync(trial.Token)), "the line after the last");
    }

    private static async Task Blocking(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var echo = Block(() =>
        {
            using var stream = far.AsStream();
            using var reader = new StreamReader(stream);
            using var writer = new StreamWriter(stream) { AutoFlush = true };
            while (reader.ReadLine() is { } line)
            {
                writer.WriteLine(line.ToUpperInvariant());
            }
        });
        var client = Block(() =>
        {
            using var stream = near.AsStream();
            using var reader = new StreamReader(stream);
            using var writer = new StreamWriter(stream) { AutoFlush = true };
            writer.WriteLine("hello");
            trial.Equal("HELLO", reader.ReadLine(), "the answer to the first line");
            writer.WriteLine("world");
            trial.Equal("WORLD", reader.ReadLine(), "the answer to the second line");
        });

        await trial.Soon(client);
        await trial.Soon(echo);
    }

    /// <summary>Blocks a thread of its own, so that none of the pool is missing.</summary>
    private static Task Block(Action action) => Task.Factory.StartNew(
        action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task HalfClosed(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.CompleteSendingAsync(trial.Token));
        trial.Equal(-1, await ReadByteAsync(trial, far.AsStream()), "what the stream reads at the end");
        await trial.Soon(far.AsStream().WriteAsync(Pattern.Bytes(1000), trial.Token));
        await trial.Soon(far.CompleteSendingAsync(trial.Token));
        var copy = new MemoryStream();

        await trial.Soon(near.AsStream().CopyToAsync(copy, trial.Token));

        trial.SameBytes(Pattern.Bytes(1000), copy.ToArray(), "everything the stream read");
        await trial.Fails<InvalidOperationException>(
            async () => await near.AsStream().WriteAsync(new byte[1], trial.Token));
    }

    private static async Task<int> ReadByteAsync(Trial trial, Stream stream)
    {
        var one = new byte[1];
        return await trial.Soon(stream.ReadAsync(one, trial.Token), "read the stream") == 0 ? -1 : one[0];
    }

    private static async Task StreamDisposed(Trial trial)
    {
        trial.CloseTimeout = TimeSpan.FromMilliseconds(20);
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.AsStream().DisposeAsync());

        await trial.ExpectEnd(far);
        await trial.Fails<ObjectDisposedException>(async () => await near.ReceiveAsync(new byte[1], trial.Token));
    }

    private static async Task Pipes(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var bytes = Pattern.Bytes(100_000);
        var writer = near.AsPipeWriter();
        var reader = far.AsPipeReader();
        var receiving = ReadToEnd(trial, reader);

        await trial.Soon(writer.WriteAsync(bytes, trial.Token));
        await trial.Soon(writer.CompleteAsync());

        var seen = await receiving;
        trial.SameBytes(bytes, seen, "everything the pipe read");
        await reader.CompleteAsync();
        await trial.Soon(far.SendAsync(Pattern.Bytes(10), trial.Token));
        await trial.ExpectBytes(near, Pattern.Bytes(10));
    }

    private static async Task<byte[]> ReadToEnd(Trial trial, PipeReader reader)
    {
        while (true)
        {
            var result = await trial.Soon(reader.ReadAsync(trial.Token), "read the pipe");
            if (result.IsCompleted)
            {
                var copy = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return copy;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static async Task ReaderCompleted(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var reader = near.AsPipeReader();
        await trial.Soon(far.SendAsync(Pattern.Bytes(10), trial.Token));
        var result = await trial.Soon(reader.ReadAtLeastAsync(10, trial.Token));
        reader.AdvanceTo(result.Buffer.End);

        await reader.CompleteAsync();

        await trial.ExpectWorks(near, far);
    }
}
