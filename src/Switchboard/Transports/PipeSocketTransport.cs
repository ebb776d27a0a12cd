using Switchboard.Endpoints;

namespace Switchboard.Transports;

/// <summary>
/// Named pipes on Linux, where .NET makes each of a unix socket: through the engine like any other socket. Both ends
/// are of one user, which the kernel vouches for.
/// </summary>
internal sealed class PipeSocketTransport : ITransport
{
    public static PipeSocketTransport Instance { get; } = new();

    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var target = DefaultTransports.Expect<PipeEndpoint>(endpoint);
        if (Problem(target) is { } problem)
        {
            throw new ConnectionException("connect", null, target, problem);
        }

        var wire = await ConnectAsync(target, options, cancellationToken).ConfigureAwait(false);
        if (!IsOurs(wire))
        {
            wire.Abort();
            throw new ConnectionException(
                "connect", null, target, "another user listens at this name; nothing was sent. Choose another name");
        }

        wire.Rename(target, target);
        return wire;
    }

    public async ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        var asked = DefaultTransports.Expect<PipeEndpoint>(endpoint);
        if (Problem(asked) is { } problem)
        {
            throw new BindException(asked, BindFailure.Other, problem);
        }

        try
        {
            var sockets = await UnixTransport.Instance.BindAsync(SocketOf(asked), options, cancellationToken)
                .ConfigureAwait(false);
            return new PipeSocketListener(asked, sockets);
        }
        catch (BindException error)
        {
            throw new BindException(asked, error.Failure, Explain(error, asked), error);
        }
    }

    /// <summary>Whether the kernel says that a wire's peer is of the user that this process is of.</summary>
    public static bool IsOurs(Wire wire) =>
        wire.PeerCredentials is { } peer && (uint)peer.UserId == SocketFile.UserOfThisProcess;

    private static async ValueTask<Wire> ConnectAsync(
        PipeEndpoint target,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        try
        {
            return await UnixTransport.Instance.ConnectAsync(SocketOf(target), options, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ConnectionRefusedException error)
        {
            throw new ConnectionRefusedException(
                "connect", null, target, "refused: nobody listens at this name", error);
        }
        catch (ConnectionTimeoutException error)
        {
            throw new ConnectionTimeoutException(
                TimeoutPhase.Connect, options.Timeout, null, target, error.Problem);
        }
        catch (ConnectionException error)
        {
            throw new ConnectionException("connect", null, target, error.Problem, error);
        }
    }

    private static UnixEndpoint SocketOf(PipeEndpoint pipe) => new(pipe.SocketPath!);

    private static string? Problem(PipeEndpoint pipe) => UnixPath.Check(pipe.SocketPath!) is null
        ? null
        : $"the path {pipe.SocketPath} cannot be a socket's: at most {UnixEndpoint.MaxPathBytes} bytes fit. "
            + "Use a shorter name, or set TMPDIR to a shorter path";

    private static string Explain(BindException error, PipeEndpoint asked) => error.Failure switch
    {
        BindFailure.InUse => "the name is in use: another process listens there",
        BindFailure.FileInTheWay =>
            $"{asked.SocketPath} is in the way and was left alone: it is no socket, or another user's. "
            + "Choose another name",
        _ => error.Problem,
    };
}
