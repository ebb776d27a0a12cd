using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Switchboard.Cli.Tests.Processes;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Serving;

/// <summary>A program that has connected to this one, by sockets of which the library knows nothing.</summary>
internal sealed class OtherProgram : IDisposable
{
    private OtherProgram(Process process, Socket near) => (Process, Near) = (process, near);

    public Process Process { get; }

    /// <summary>The end of the connection that is here.</summary>
    public Socket Near { get; }

    public static async Task<OtherProgram> ConnectAsync()
    {
        Programs.Require("socat");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var process = Process.Start(new ProcessStartInfo("socat", ["-", $"TCP:{listener.LocalEndPoint}"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        return new OtherProgram(process, await listener.AcceptAsync().Soon());
    }

    public void Dispose()
    {
        Near.Dispose();
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        Process.Dispose();
    }
}
