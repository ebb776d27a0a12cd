using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Bytes to a port, and everything that comes back, by a socket of its own.</summary>
internal static partial class RawExchange
{
    /// <summary>Connects, sends each part when the one before was answered, and receives to the end.</summary>
    /// <param name="port">Of this machine.</param>
    /// <param name="parts">What to send; a lone <c>&lt;FIN&gt;</c> finishes sending.</param>
    /// <returns>What came, without dates; <c>&lt;RST&gt;</c> at its end for a reset.</returns>
    public static async Task<string> RunAsync(int port, params string[] parts)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var answer = new StringBuilder();
        foreach (var part in parts)
        {
            if (part == "<FIN>")
            {
                socket.Shutdown(SocketShutdown.Send);
                continue;
            }

            await socket.SendAsync(Encoding.Latin1.GetBytes(part));
            if (part != parts.Last(sent => sent != "<FIN>"))
            {
                answer.Append(await ReceiveAsync(socket));
            }
        }

        for (var piece = " "; piece.Length > 0 && !piece.EndsWith("<RST>", StringComparison.Ordinal);)
        {
            piece = await ReceiveAsync(socket);
            answer.Append(piece);
        }

        return Dates().Replace(answer.ToString(), "Date: now");
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory()).Soon();
            return Encoding.Latin1.GetString(buffer, 0, count);
        }
        catch (SocketException)
        {
            return "<RST>";
        }
    }

    [GeneratedRegex("Date: [^\r]*")]
    private static partial Regex Dates();
}
