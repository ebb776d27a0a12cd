using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Switchboard.Bench.Servers;

/// <summary>An echo as Kestrel's documentation has it: whatever the pipe holds goes back with one flush.</summary>
internal static class KestrelEcho
{
    public static async Task RunAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (true)
        {
            var received = await input.ReadAsync();
            foreach (var segment in received.Buffer)
            {
                output.Write(segment.Span);
            }

            input.AdvanceTo(received.Buffer.End);
            await output.FlushAsync();
            if (received.IsCompleted)
            {
                return;
            }
        }
    }
}
