using System.Runtime.CompilerServices;

namespace Switchboard.Testing.Conformance;

/// <summary>
/// One run of one check. It makes connections, puts a deadline on every step, and in the end closes what is open.
/// </summary>
internal sealed class Trial(
    string check,
    ConformanceSubject subject,
    NearEnd near,
    CancellationToken cancellationToken) : IAsyncDisposable
{
    // Long enough for a sender to show that it goes on; if it is too short on a busy machine, no check fails by it.
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(200);

    private readonly List<Connection> _connections = [];
    private readonly List<FramedConnection> _framed = [];
    private readonly List<Listener> _listeners = [];
    private Listener? _listener;
    private bool _isOver;

    public ConformanceSubject Subject => subject;

    public CancellationToken Token => cancellationToken;

    /// <summary>How long closing waits for the peer, from now on; null for as long as the subject says.</summary>
    public TimeSpan? CloseTimeout { get; set; }

    /// <summary>Makes a connection. Either end may be the client's: the check runs once for each.</summary>
    public async Task<(Connection Near, Connection Far)> ConnectAsync()
    {
        _listener ??= await ListenAsync(subject.NewEndpoint());
        var connecting = ConnectAsync(_listener.Local);
        var server = await AcceptAsync(_listener);
        var client = await connecting;
        return near == NearEnd.Client ? (client, server) : (server, client);
    }

    public async Task<Listener> ListenAsync(Endpoint endpoint, int? backlog = null)
    {
        var options = subject.Listen with { Connection = Tuned(subject.Listen.Connection) };
        options = backlog is { } limit ? options with { Backlog = limit } : options;
        var listener = await Soon(Listener.BindAsync(endpoint, options, cancellationToken), $"listen {endpoint}");
        lock (_listeners)
        {
            _listeners.Add(listener);
        }

        return listener;
    }

    public Task<Connection> ConnectAsync(Endpoint endpoint) =>
        Soon(ConnectWaitingAsync(endpoint), $"connect {endpoint}");

    /// <summary>Connects without a deadline of the trial's: for a connect that is meant to wait.</summary>
    public async Task<Connection> ConnectWaitingAsync(Endpoint endpoint, CancellationToken token = default)
    {
        var options = subject.Connect with { Connection = Tuned(subject.Connect.Connection) };
        return Own(await Connection.ConnectAsync(endpoint, options, token));
    }

    public async Task<Connection> AcceptAsync(Listener listener, CancellationToken token = default) =>
        Own(await Soon(listener.AcceptAsync(token), $"accept {listener.Local}"));

    /// <summary>Frames that are disposed after the connection is aborted, and so cannot hang.</summary>
    public FramedConnection Frames(Connection connection, Framing framing)
    {
        var frames = connection.Frames(framing);
        lock (_framed)
        {
            _framed.Add(frames);
        }

        return frames;
    }

    /// <summary>Waits for a step, but not for ever.</summary>
    public async Task<T> Soon<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string step = "")
    {
        await Soon((Task)task, step);
        return await task;
    }

    /// <inheritdoc cref="Soon{T}(Task{T}, string)"/>
    public async Task Soon(Task task, [CallerArgumentExpression(nameof(task))] string step = "")
    {
        try
        {
            await task.WaitAsync(subject.Deadline, cancellationToken);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw Broken(step, "an end of the step", $"it still waiting after {subject.Deadline}");
        }
        catch (IOException error)
        {
            throw Broken(step, "success", Describe(error), error);
        }
    }

    /// <inheritdoc cref="Soon{T}(Task{T}, string)"/>
    public Task<T> Soon<T>(ValueTask<T> task, [CallerArgumentExpression(nameof(task))] string step = "") =>
        Soon(task.AsTask(), step);

    /// <inheritdoc cref="Soon{T}(Task{T}, string)"/>
    public Task Soon(ValueTask task, [CallerArgumentExpression(nameof(task))] string step = "") =>
        Soon(task.AsTask(), step);

    /// <summary>Waits for a step that must fail in one way.</summary>
    public async Task<T> Fails<T>(
        Func<Task> step,
        [CallerArgumentExpression(nameof(step))] string text = "")
        where T : Exception
    {
        const string Lambda = "async () => await ";
        text = text.StartsWith(Lambda, StringComparison.Ordinal) ? text[Lambda.Length..] : text;
        try
        {
            await step().WaitAsync(subject.Deadline, cancellationToken);
        }
        catch (T expected)
        {
            return expected;
        }
        catch (TimeoutException)
        {
            throw Broken(text, typeof(T).Name, $"it still waiting after {subject.Deadline}");
        }
        catch (Exception other) when (other is not ConformanceException && !cancellationToken.IsCancellationRequested)
        {
            throw Broken(text, typeof(T).Name, Describe(other), other);
        }

        throw Broken(text, typeof(T).Name, "success");
    }

    /// <summary>Waits until something holds, which nothing announces.</summary>
    public async Task Until(Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string step = "")
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > subject.Deadline)
            {
                throw Broken(step, "it to become true", $"it still false after {subject.Deadline}");
            }

            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Whether the step is held up: not done, and not soon either.</summary>
    public async Task<bool> IsHeldUp(Task step) => await Task.WhenAny(step, Task.Delay(Stall, Token)) != step;

    public void Equal<T>(T expected, T seen, string step)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, seen))
        {
            throw Broken(step, $"{expected}", $"{seen}");
        }
    }

    public void SameBytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> seen, string step)
    {
        if (!seen.SequenceEqual(expected))
        {
            throw Broken(step, $"{expected.Length} bytes", Pattern.DescribeDifference(expected, seen));
        }
    }

    public void True(bool holds, string expected, string seen, string step)
    {
        if (!holds)
        {
            throw Broken(step, expected, seen);
        }
    }

    public ConformanceException Broken(string step, string expected, string seen, Exception? error = null) => new(
        check, $"{step} (near is the {(near == NearEnd.Client ? "client" : "server")})", expected, seen, error);

    public static string Describe(Exception error) => $"{error.GetType().Name} ({error.Message})";

    /// <summary>Aborts and closes everything that the check has left open.</summary>
    public async ValueTask DisposeAsync()
    {
        var connections = TakeConnections();
        connections.ForEach(connection => connection.Abort());
        await EndsAsync(connections.Select(connection => connection.Closed));
        await EndsAsync(_framed.Select(frames => frames.DisposeAsync().AsTask()));
        await EndsAsync(_listeners.Select(listener => listener.DisposeAsync().AsTask()));
    }

    /// <summary>A step that was given up may still go on, and what it makes from now on is nobody's.</summary>
    private List<Connection> TakeConnections()
    {
        lock (_connections)
        {
            _isOver = true;
            return [.. _connections];
        }
    }

    /// <summary>Waits for an end that a broken transport may never come to.</summary>
    private async Task EndsAsync(IEnumerable<Task> tasks) =>
        await Task.WhenAny(Task.WhenAll(tasks), Task.Delay(subject.Deadline, CancellationToken.None));

    private Connection Own(Connection connection)
    {
        lock (_connections)
        {
            if (!_isOver)
            {
                _connections.Add(connection);
                return connection;
            }
        }

        connection.Abort();
        return connection;
    }

    private ConnectionOptions Tuned(ConnectionOptions options) =>
        CloseTimeout is { } timeout
            ? options with { CloseTimeout = TimeSpan.FromTicks(
                Math.Max(timeout.Ticks, subject.ShortestCloseTimeout.Ticks)) }
            : options;
}
