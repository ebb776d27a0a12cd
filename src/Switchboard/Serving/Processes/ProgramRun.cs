using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Switchboard.Engines;

namespace Switchboard.Serving.Processes;

/// <summary>One program, for one connection.</summary>
internal static class ProgramRun
{
    private const int FamilyUnix = 1;
    private const int StreamCloseOnExec = 0x80001;

    /// <summary>Completes when the program has ended.</summary>
    public static async Task RunAsync(ProgramStart start, Connection connection, CancellationToken stopping)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("A program can be given a connection on Linux only.");
        }

        if (connection.TakeDescriptor() is { } descriptor)
        {
            await WaitAsync(StartWith(start, descriptor), start, connection, stopping).ConfigureAwait(false);
            connection.NoteCause(
                stopping.IsCancellationRequested ? EndReason.Stopped : EndReason.HandedOver, error: null);
        }
        else
        {
            await RelayAsync(start, connection, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Starts it with a socket, which is then the program's alone.</summary>
    private static Child StartWith(ProgramStart start, int descriptor)
    {
        try
        {
            Descriptors.SetBlocking(descriptor);
            return start.Start(descriptor);
        }
        finally
        {
            Descriptors.Close(descriptor);
        }
    }

    private static async Task WaitAsync(
        Child child,
        ProgramStart start,
        Connection connection,
        CancellationToken stopping)
    {
        var onStop = stopping.UnsafeRegister(static one => ((Child)one!).Terminate(), child);
        await using (onStop.ConfigureAwait(false))
        {
            if (await Task.WhenAny(child.Exited, connection.Closed).ConfigureAwait(false) != child.Exited)
            {
                child.Kill();
            }

            // Whoever was told to end may end in any way.
            if ((await child.Exited.ConfigureAwait(false)).Problem is { } problem
                && !stopping.IsCancellationRequested)
            {
                throw new ConnectionException(
                    "serve", connection.Local, connection.Remote, $"the program {start.Path} {problem}");
            }
        }
    }

    /// <summary>Passes the bytes on, for a connection that is no socket.</summary>
    private static async Task RelayAsync(ProgramStart start, Connection connection, CancellationToken stopping)
    {
        var (ours, theirs) = MakePair();
        var program = new Connection(Engine.Default.Adopt(ours), connection.Options);
        await using (program.ConfigureAwait(false))
        {
            var child = StartWith(start, theirs);
            var relaying = Relay.JoinAsync(connection, program);
            await WaitAsync(child, start, connection, stopping).ConfigureAwait(false);
            await relaying.ConfigureAwait(false);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The engine owns the socket.")]
    private static (Socket Ours, int Theirs) MakePair()
    {
        var pair = new int[2];
        return socketpair(FamilyUnix, StreamCloseOnExec, 0, pair) == 0
            ? (new Socket(new SafeSocketHandle(pair[0], ownsHandle: true)), pair[1])
            : throw new IOException($"There is no room for another socket: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

#pragma warning disable IDE1006, SYSLIB1054 // The C names; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int socketpair(int family, int type, int protocol, int[] pair);
#pragma warning restore IDE1006, SYSLIB1054
}
