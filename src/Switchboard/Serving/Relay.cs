using System.Runtime.CompilerServices;
using Switchboard.Serving;
using Switchboard.Serving.Relays;
using Switchboard.Serving.Threads;

namespace Switchboard;

/// <summary>Joins connections: what one end sends comes out at the other, and so does the way it ends.</summary>
public static class Relay
{
    /// <summary>A handler that connects each connection of a server with an endpoint, and joins the two.</summary>
    /// <param name="target">
    /// Where to connect to, once for each connection. One of UDP is sent a datagram for each frame; whoever sends
    /// datagrams itself needs a <see cref="DatagramRelay"/>.
    /// </param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The target takes datagrams, and the options have no <see cref="RelayOptions.Framing"/>.
    /// </exception>
    public static ConnectionHandler To(Endpoint target, RelayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        options ??= RelayOptions.Default;
        if (target is UdpEndpoint)
        {
            ThrowIfNoFraming(options);
            return async (connection, _) =>
            {
                var socket = await ForAsync(
                    connection, giveUp => DatagramSocket.ConnectAsync(target, options.Datagrams, giveUp))
                    .ConfigureAwait(false);
                await using (socket.ConfigureAwait(false))
                {
                    await JoinAsync(connection, socket, options).ConfigureAwait(false);
                }
            };
        }

        return async (connection, _) =>
        {
            var onward = await ForAsync(
                connection, giveUp => Connection.ConnectAsync(target, options.Connect, giveUp)).ConfigureAwait(false);
            await using (onward.ConfigureAwait(false))
            {
                await JoinAsync(connection, onward, options).ConfigureAwait(false);
            }
        };
    }

    /// <summary>
    /// Passes on whatever either connection receives to the other, at the speed at which that takes it; the end of
    /// sending as such, each direction by itself; and a reset, or any other failure, as a reset.
    /// </summary>
    /// <param name="first">The caller's, who closes it afterwards; nobody else may use it meanwhile.</param>
    /// <param name="second">The same.</param>
    /// <param name="options">When to give up; null for the defaults.</param>
    /// <returns>Completes when both directions have ended in order.</returns>
    /// <exception cref="ConnectionException">One of them broke, or nothing passed; both have been reset.</exception>
    /// <exception cref="ObjectDisposedException">One of them was closed meanwhile; both have been reset.</exception>
    public static async Task JoinAsync(Connection first, Connection second, RelayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        await LeaveThreadOf(first, second);
        var timeout = (options ?? RelayOptions.Default).IdleTimeout;
        var watch = new RelayWatch(first.Options.TimeProvider, timeout, () => Passed(first) + Passed(second), () =>
        {
            TimeOut(first, timeout);
            TimeOut(second, timeout);
        });
        await using (watch.ConfigureAwait(false))
        {
            var there = RelayDirection.RunAsync(first, second);
            var back = RelayDirection.RunAsync(second, first);
            await Task.WhenAll(there, back).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Passes on each frame of a connection as a datagram, and each datagram as a frame. What cannot be one is dropped,
    /// told to the observer, and ends nothing; nor does a peer whose machine refuses datagrams. When the connection's
    /// peer has finished sending, answers are waited for as long as <see cref="RelayOptions.AnswerTimeout"/> says.
    /// </summary>
    /// <param name="connection">The caller's, who closes it afterwards; nobody else may use it meanwhile.</param>
    /// <param name="socket">Connected; otherwise the same.</param>
    /// <param name="options">With a framing.</param>
    /// <returns>Completes when the connection's peer has finished, and no more answers come.</returns>
    /// <exception cref="ArgumentException">There is no framing, or the socket has no peer.</exception>
    /// <exception cref="ConnectionException">The connection broke, or nothing passed; it has been reset.</exception>
    /// <exception cref="FramingException">The peer's bytes are wrong; the connection has been reset.</exception>
    /// <exception cref="ObjectDisposedException">One of them was closed meanwhile.</exception>
    public static async Task JoinAsync(Connection connection, DatagramSocket socket, RelayOptions options)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(options);
        var framing = ThrowIfNoFraming(options);
        if (socket.Remote is not { } remote)
        {
            throw new ArgumentException(
                $"The socket at {socket.Local} has no peer. Connect one, or use a DatagramRelay.", nameof(socket));
        }

        await LeaveThreadOf(connection, connection);
        var observer = new RelayObserverGuard(options.Observer);
        var time = connection.Options.TimeProvider;
        using var datagrams = new SocketEnd(socket, options.AnswerTimeout, time, lost => observer.Dropped(
            new RelayDrop(connection.Remote, remote, Bytes: null, lost.Reason, lost.Problem)));
        var frames = new FrameEnd(connection, framing);
        await using (frames.ConfigureAwait(false))
        {
            try
            {
                var join = new DatagramJoin(frames, datagrams, time, options.IdleTimeout, observer.Dropped);
                if (!await join.RunAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    throw TimeOut(connection, options.IdleTimeout);
                }
            }
            catch
            {
                connection.Abort();
                throw;
            }
        }
    }

    /// <exception cref="ArgumentException">There is none.</exception>
    internal static Framing ThrowIfNoFraming(RelayOptions options) => options.Framing ?? throw new ArgumentException(
        "A stream has no borders between datagrams. Say with RelayOptions.Framing which of its bytes are one, such as "
        + "Framing.Lines or Framing.LengthPrefixed.",
        nameof(options));

    // A stop of the server does not give it up: whoever was accepted is under way already.
    private static async Task<T> ForAsync<T>(Connection connection, Func<CancellationToken, Task<T>> connectAsync)
    {
        using var giveUp = new CancellationTokenSource();
        var connecting = connectAsync(giveUp.Token);
        if (await Task.WhenAny(connecting, connection.Closed).ConfigureAwait(false) != connecting)
        {
            await giveUp.CancelAsync().ConfigureAwait(false);
        }

        return await connecting.ConfigureAwait(false);
    }

    // On a thread that a receive blocks, the other direction would never begin.
    private static ConfiguredTaskAwaitable LeaveThreadOf(Connection first, Connection second) =>
        Task.CompletedTask.ConfigureAwait(first.Wire is BlockingWire || second.Wire is BlockingWire
            ? ConfigureAwaitOptions.ForceYielding
            : ConfigureAwaitOptions.None);

    private static ConnectionTimeoutException TimeOut(Connection connection, TimeSpan timeout)
    {
        var error = new ConnectionTimeoutException(
            TimeoutPhase.Idle, timeout, connection.Local, connection.Remote,
            $"nothing passed in either direction for {timeout.TotalSeconds:0.#} s");
        connection.Abort(EndReason.TimedOut, error);
        return error;
    }

    private static long Passed(Connection connection)
    {
        var progress = connection.GetProgress();
        return progress.BytesReceived + progress.BytesSent;
    }
}
