#:project ../src/Switchboard/Switchboard.csproj
// A process for each connection: one that crashes ends its own conversation and no other. Linux only.
//   dotnet run samples/processes.cs                     then: nc localhost 7342; "crash" ends it
using Switchboard;

// All of this program runs in each process again; there the server serves its one connection, and the process ends.
var options = new ServerOptions { Loop = ServerLoop.Process };
await using var server = await Server.StartAsync(args is [var at] ? at : ":7342", async (connection, stopping) =>
{
    await using var lines = connection.Frames(Framing.Lines(maxBytes: 1000));
    await foreach (var line in lines.ReceiveAllAsync(stopping))
    {
        if (line.Span.SequenceEqual("crash"u8))
            Environment.FailFast("The peer asked for it.");
        await lines.SendAsync(System.Text.Encoding.UTF8.GetBytes($"process {Environment.ProcessId}"));
    }
}, options);
await server.StopOnSignalAsync();
