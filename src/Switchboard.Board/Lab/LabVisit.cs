using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab;

/// <summary>One page at the lab: its commands come in, the log of its run goes out.</summary>
/// <param name="socket">Owned by who accepted it.</param>
/// <param name="time">The clock.</param>
internal sealed class LabVisit(WebSocket socket, TimeProvider time) : IDisposable
{
    private const int MaxCommandBytes = 1024;
    private const int MaxPendingCommands = 16;

    // Twenty looks a second, and the sooner the closer to a call.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan[] AfterCall = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)];

    // Who has gone away without closing the page holds no sockets for ever.
    private static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(30);

    private readonly Channel<LabCommand> _commands = Channel.CreateBounded<LabCommand>(
        new BoundedChannelOptions(MaxPendingCommands) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ArrayBufferWriter<byte> _line = new();
    private LessonRun? _run;
    private int? _obeyed;
    private int _told;
    private long _heard = time.GetTimestamp();

    /// <summary>Serves the page until it leaves, says nothing for too long, or the board stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var hearing = HearAsync(leaving.Token);
        try
        {
            await PerformAsync(leaving.Token).ConfigureAwait(false);
            await CloseAsync(leaving.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // The page is gone, or has to go.
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _run?.Dispose();

    private async Task HearAsync(CancellationToken stop)
    {
        var buffer = new byte[MaxCommandBytes];
        try
        {
            while (await HearOneAsync(buffer, stop).ConfigureAwait(false) is { } command)
            {
                await _commands.Writer.WriteAsync(command, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            _commands.Writer.TryComplete();
        }
    }

    /// <returns>Null when there is none and never will be: the page has closed, or speaks of something else.</returns>
    private async Task<LabCommand?> HearOneAsync(byte[] buffer, CancellationToken stop)
    {
        var received = await socket.ReceiveAsync(buffer.AsMemory(), stop).ConfigureAwait(false);
        return received is { MessageType: WebSocketMessageType.Text, EndOfMessage: true }
            ? LabCommand.Read(buffer.AsSpan(0, received.Count))
            : null;
    }

    private async Task PerformAsync(CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(BetweenLooks, time);
        var command = _commands.Reader.WaitToReadAsync(stop).AsTask();
        var tick = ticks.WaitForNextTickAsync(stop).AsTask();
        while (time.GetElapsedTime(_heard) < MaxSilence)
        {
            await Task.WhenAny(command, tick).ConfigureAwait(false);
            if (command.IsCompleted)
            {
                if (!await command.ConfigureAwait(false))
                {
                    return;
                }

                await ObeyAsync(stop).ConfigureAwait(false);
                command = _commands.Reader.WaitToReadAsync(stop).AsTask();
            }

            if (tick.IsCompleted)
            {
                tick = ticks.WaitForNextTickAsync(stop).AsTask();
                await LookAsync(stop).ConfigureAwait(false);
            }
        }
    }

    private async Task ObeyAsync(CancellationToken stop)
    {
        while (_commands.Reader.TryRead(out var command))
        {
            _heard = time.GetTimestamp();
            await DoAsync(command, stop).ConfigureAwait(false);
            _obeyed = command.Id;
            await LookAsync(stop).ConfigureAwait(false);
            foreach (var moment in AfterCall)
            {
                await Task.Delay(moment, time, stop).ConfigureAwait(false);
                await LookAsync(stop).ConfigureAwait(false);
            }

            // Whatever has come of it, the page hears that it was heard.
            await TellStateAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task DoAsync(LabCommand command, CancellationToken stop)
    {
        switch (command.Do)
        {
            case "start" when LessonFiles.Find(command.Lesson ?? "") is { } lesson:
                await StartAsync(lesson, command, stop).ConfigureAwait(false);
                break;
            case "step" when command.Actor is { } actor:
                _run?.Step(actor);
                break;
            case "break" when command.Index is { } index && index >= 0 && index < _run?.Lesson.Breaks.Count:
                _run.Break(index);
                break;
        }
    }

    private async Task StartAsync(Lesson lesson, LabCommand command, CancellationToken stop)
    {
        _run?.Dispose();
        _told = 0;
        var server = command.Port is > IPEndPoint.MinPort and <= IPEndPoint.MaxPort and var port
            ? new IPEndPoint(IPAddress.Loopback, port)
            : null;
        var yours = lesson.Actors.FirstOrDefault(actor => actor.Name == command.Actor)?.Name;
        _run = new LessonRun(lesson, time, yours, server);
        await SendAsync(json =>
        {
            Events.EventLine.Begin(json, "lesson-started", time.GetUtcNow());
            json.WriteString("lesson", lesson.Name);
            json.WriteEndObject();
        }, stop).ConfigureAwait(false);
        await new LessonPlayer(_run, time).PrepareAsync(stop).ConfigureAwait(false);
    }

    private async Task LookAsync(CancellationToken stop)
    {
        if (_run is null)
        {
            return;
        }

        _run.Advance();
        if (_told == _run.Log.Count)
        {
            return;
        }

        for (; _told < _run.Log.Count; _told++)
        {
            var happened = _run.Log[_told];
            await SendAsync(json => LabEventJson.Write(json, happened), stop).ConfigureAwait(false);
        }

        await TellStateAsync(stop).ConfigureAwait(false);
    }

    private Task TellStateAsync(CancellationToken stop) =>
        _run is null
            ? Task.CompletedTask
            : SendAsync(json => RunStateJson.Write(json, _run, _obeyed, time.GetUtcNow()), stop);

    private async Task SendAsync(Action<Utf8JsonWriter> write, CancellationToken stop)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
        {
            write(json);
        }

        await socket.SendAsync(_line.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, stop)
            .ConfigureAwait(false);
    }

    private Task CloseAsync(CancellationToken stop) =>
        socket.State is WebSocketState.Open or WebSocketState.CloseReceived
            ? socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, stop)
            : Task.CompletedTask;
}
