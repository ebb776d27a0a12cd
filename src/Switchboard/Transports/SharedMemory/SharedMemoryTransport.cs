using System.Text;
using Switchboard.Transports;
using Switchboard.Transports.SharedMemory;

namespace Switchboard;

/// <summary>
/// Connections through memory that two processes of one user on one machine share. A unix socket beside it, in a folder
/// that is closed to everybody else, makes the two meet, wakes whoever sleeps, and tells when one of them dies. Linux.
/// </summary>
public sealed class SharedMemoryTransport : ITransport
{
    private readonly SharedMemoryOptions _options;

    /// <param name="options">How its connections work; null for the defaults, which <c>shm:</c> has by itself.</param>
    public SharedMemoryTransport(SharedMemoryOptions? options = null)
    {
        options ??= SharedMemoryOptions.Default;
        _options = Environment.ProcessorCount > 1 ? options : options with { SpinBeforeSleep = TimeSpan.Zero };
    }

    internal static SharedMemoryTransport Default { get; } = new();

    /// <summary>A client, which has no name of its own.</summary>
    internal static SharedMemoryEndpoint Unnamed { get; } = new("(unnamed)");

    /// <inheritdoc />
    /// <exception cref="PlatformNotSupportedException">This is not Linux, of 64 bits.</exception>
    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var target = Expect(endpoint);
        var path = PrivateFolder.SocketPath(target.Name);
        if (!Path.Exists(path))
        {
            throw new ConnectionRefusedException(
                "connect", null, target, $"refused: nothing listens under this name (there is no {path})");
        }

        if (!PrivateFolder.IsOurs(path) || ToSocket(path) is not { } socket)
        {
            throw new ConnectionException("connect", null, target, WrongFolder(path));
        }

        using var timer = new CancellationTokenSource(options.Timeout, options.Connection.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await ConnectAsync(target, socket, options, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionTimeoutException(
                TimeoutPhase.Connect, options.Timeout, null, target,
                $"no answer within {options.Timeout.TotalSeconds:0.###} s");
        }
        catch (ConnectionRefusedException error)
        {
            throw new ConnectionRefusedException("connect", null, target, error.Problem, error);
        }
        catch (ConnectionResetException error)
        {
            throw new ConnectionResetException("connect", null, target, Handshake.EndedTooSoon, error);
        }
    }

    /// <inheritdoc />
    /// <exception cref="PlatformNotSupportedException">This is not Linux, of 64 bits.</exception>
    public async ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        var asked = Expect(endpoint);
        var path = PrivateFolder.SocketPath(asked.Name);
        Make(asked, path);
        if (!PrivateFolder.IsOurs(path) || ToSocket(path) is not { } socket)
        {
            throw new BindException(asked, BindFailure.Denied, WrongFolder(path));
        }

        try
        {
            var sockets = await UnixTransport.Instance.BindAsync(socket, options, cancellationToken)
                .ConfigureAwait(false);
            return new SharedMemoryListener(
                asked, sockets, options.Backlog, _options, options.Connection.TimeProvider);
        }
        catch (BindException error)
        {
            var problem = error.Failure == BindFailure.InUse
                ? "the name is in use: another process listens there"
                : $"{error.Problem} ({path})";
            throw new BindException(asked, error.Failure, problem, error);
        }
    }

    private async ValueTask<Wire> ConnectAsync(
        SharedMemoryEndpoint target,
        UnixEndpoint path,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var waiting = options with { Timeout = Timeout.InfiniteTimeSpan };
        var socket = await UnixTransport.Instance.ConnectAsync(path, waiting, cancellationToken).ConfigureAwait(false);
        try
        {
            var region = await Handshake.GreetAsync(socket, target, _options.BufferBytes, cancellationToken)
                .ConfigureAwait(false);
            var wire = new SharedMemoryWire(
                socket, region, RingEnd.Client, (Unnamed, target), _options);
            wire.Doorbell.Open();
            return wire;
        }
        catch
        {
            socket.Abort();
            throw;
        }
    }

    private static SharedMemoryEndpoint Expect(Endpoint endpoint)
    {
        var shared = DefaultTransports.Expect<SharedMemoryEndpoint>(endpoint);
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            throw new PlatformNotSupportedException(
                "Shared memory works on 64-bit Linux only. Use a unix socket here, such as unix:/tmp/app.sock.");
        }

        return shared == Unnamed
            ? throw new ArgumentException(
                $"{endpoint} is a peer without a name; write one, as in shm:bank.", nameof(endpoint))
            : shared;
    }

    private static void Make(SharedMemoryEndpoint asked, string path)
    {
        try
        {
            PrivateFolder.Make(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BindException(
                asked, BindFailure.Denied, $"its folder cannot be made ({error.Message})", error);
        }
    }

    private static UnixEndpoint? ToSocket(string path) =>
        Encoding.UTF8.GetByteCount(path) <= UnixEndpoint.MaxPathBytes ? new UnixEndpoint(path) : null;

    private static string WrongFolder(string path) =>
        $"{Path.GetDirectoryName(path)} must be a folder of this user's, closed to all others (mode 0700), and its "
        + $"path short enough for a socket ({UnixEndpoint.MaxPathBytes} bytes with the name). "
        + "Remove it, or set XDG_RUNTIME_DIR to another folder";
}
