using System.Net.Sockets;
using Switchboard.Engines;

namespace Switchboard.Transports;

/// <summary>Unix domain sockets at paths of the file system.</summary>
internal sealed class UnixTransport : ITransport
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(64);

    public static UnixTransport Instance { get; } = new();

    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var target = ExpectPath(endpoint);
        var engine = options.Engine ?? Engine.Default;
        if (!Path.Exists(target.Path))
        {
            throw new ConnectionRefusedException(
                "connect", null, target, "refused: there is no such socket file, so nothing listens there");
        }

        using var timer = new CancellationTokenSource(options.Timeout, options.Connection.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await ConnectPatientlyAsync(target, engine, options.Connection.TimeProvider, either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionTimeoutException(
                TimeoutPhase.Connect, options.Timeout, null, target,
                $"no answer within {options.Timeout.TotalSeconds:0.###} s");
        }
    }

    public async ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        var asked = ExpectPath(endpoint);
        var engine = options.Engine ?? Engine.Default;
        var address = new UnixDomainSocketEndPoint(asked.Path);
        var directory = Path.GetDirectoryName(asked.Path) is { Length: > 0 } named ? named : ".";
        var time = options.Connection.TimeProvider;
        using var alone = await DirectoryLock.TryTakeAsync(directory, time, cancellationToken).ConfigureAwait(false);
        try
        {
            return engine.Bind(address, options.Backlog);
        }
        catch (BindException error) when (error.Failure == BindFailure.InUse)
        {
            await RemoveLeftoverAsync(asked, engine, cancellationToken).ConfigureAwait(false);
            return engine.Bind(address, options.Backlog);
        }
        catch (BindException error) when (
            error.Failure == BindFailure.NotLocal && !Directory.Exists(directory))
        {
            throw new BindException(
                asked, BindFailure.NotFound, $"the directory {directory} does not exist", error.InnerException);
        }
    }

    private static UnixEndpoint ExpectPath(Endpoint endpoint)
    {
        var unix = DefaultTransports.Expect<UnixEndpoint>(endpoint);
        return unix.IsUnnamed
            ? throw new ArgumentException(
                $"{endpoint} is a peer without a path; write one, as in unix:/run/app.sock.", nameof(endpoint))
            : unix;
    }

    /// <summary>Waits for a place in the backlog, as TCP does by itself.</summary>
    private static async ValueTask<Wire> ConnectPatientlyAsync(
        UnixEndpoint target,
        Engine engine,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : pause)
        {
            try
            {
                return await engine.ConnectAsync(new UnixDomainSocketEndPoint(target.Path), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (BacklogFullException)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes the socket file of a listener that crashed, and nothing else.</summary>
    private static async ValueTask RemoveLeftoverAsync(
        UnixEndpoint asked,
        Engine engine,
        CancellationToken cancellationToken)
    {
        switch (SocketFile.Examine(asked.Path))
        {
            case SocketFileKind.NotASocket:
                throw new BindException(
                    asked, BindFailure.FileInTheWay,
                    "a file is in the way that is no socket; it was left alone. Choose another path, or remove it");
            case SocketFileKind.SomebodyElses:
                throw new BindException(
                    asked, BindFailure.FileInTheWay,
                    "a socket of another user is in the way; it was left alone. Choose another path");
        }

        try
        {
            var wire = await engine.ConnectAsync(new UnixDomainSocketEndPoint(asked.Path), cancellationToken)
                .ConfigureAwait(false);
            wire.Close();
        }
        catch (ConnectionRefusedException)
        {
            Delete(asked);
            return;
        }
        catch (ConnectionException)
        {
            // Whatever else answers is not a leftover.
        }

        throw new BindException(
            asked, BindFailure.InUse, "the path is in use: another process listens there");
    }

    private static void Delete(UnixEndpoint asked)
    {
        try
        {
            File.Delete(asked.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BindException(
                asked, BindFailure.FileInTheWay,
                $"the socket file of a dead listener is in the way and cannot be removed ({error.Message})", error);
        }
    }
}
