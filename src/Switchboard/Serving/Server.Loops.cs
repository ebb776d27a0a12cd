using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Switchboard.Serving;
using Switchboard.Serving.Processes;
using Switchboard.Serving.Threads;

namespace Switchboard;

public sealed partial class Server
{
    // Kept as long as the process: without a reference it would be collected, and no signal come.
    private static PosixSignalRegistration? _terminates;

    /// <summary>
    /// Whether this process was started by a server with <see cref="ServerLoop.Process"/> to serve one connection. What
    /// a program prints when it starts it may leave out then.
    /// </summary>
    public static bool ServesOneConnection => OwnProgram.MeantStart is not null;

    private static async Task<Listener> BindAsync(
        Endpoint endpoint,
        ServerLoop loop,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        if (loop != ServerLoop.Thread)
        {
            return await Listener.BindAsync(endpoint, options, cancellationToken).ConfigureAwait(false);
        }

        var wires = await ListenerExtensions.BindWiresAsync(endpoint, options, cancellationToken).ConfigureAwait(false);
        return new Listener(new BlockingListener(wires), options);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Each lives as long as the process.")]
    private static async Task<Server> StartProcessesAsync(
        Endpoint endpoint,
        ConnectionHandler handler,
        ServerOptions options,
        ListenOptions listen,
        ObserverGuard observer,
        CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "A process for each connection works on Linux only; use ServerLoop.Thread or ServerLoop.Async.");
        }

        var start = OwnProgram.NextStart(endpoint);
        if (!ServesOneConnection)
        {
            var listener = await Listener.BindAsync(endpoint, listen, cancellationToken).ConfigureAwait(false);
            return new Server(listener, OwnProgram.Handler(start), options, observer);
        }

        var only = OnlyConnection.For(start, endpoint, listen.Engine ?? Engine.Default);
        var server = new Server(new Listener(only, listen), handler, options, observer);
        if (start == OwnProgram.MeantStart)
        {
            _terminates = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                server.StopAsync();
            });
        }

        return server;
    }

    /// <summary>Runs the handler, where its first steps keep no other peer waiting.</summary>
    private void Begin(StallClock clock)
    {
        if (clock.Connection.Wire is BlockingWire wire)
        {
            BeginThread(clock, wire);
        }
        else
        {
            clock.Connection.Post(new FirstStep(this, clock));
        }
    }

    private void BeginThread(StallClock clock, BlockingWire wire)
    {
        try
        {
            new Thread(() =>
            {
                wire.ServeHere();
                ServeAsync(clock).GetAwaiter().GetResult();
            })
            {
                IsBackground = true,
                Name = "Switchboard serve",
            }.Start();
        }
        catch (OutOfMemoryException error)
        {
            // The system gives no more threads: this peer has to go, and the others stay.
            NoteFailure(clock.Connection, error, activity: null);
            clock.Connection.Post(new FirstStep(this, clock));
        }
    }

    /// <summary>A process that serves one connection has nothing to do after it.</summary>
    private void EndProcessIfThatWasAll()
    {
        if (ServesOneConnection)
        {
            var exitCode = Interlocked.Read(ref _handlersFailed) == 0 ? 0 : 1;
            ThreadPool.UnsafeQueueUserWorkItem(static code => Environment.Exit(code), exitCode, preferLocal: false);
        }
    }

    private sealed class FirstStep(Server server, StallClock clock) : IThreadPoolWorkItem
    {
        public void Execute() => _ = server.ServeAsync(clock);
    }
}
