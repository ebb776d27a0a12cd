#:project ../src/Switchboard/Switchboard.csproj
// A thread for each connection: the handler blocks as it likes, and its steps never leave its thread.
//   dotnet run samples/threads.cs                       then: nc localhost 7342, in two terminals
using Switchboard;

var options = new ServerOptions { Loop = ServerLoop.Thread };
await using var server = await Server.StartAsync(args is [var at] ? at : ":7342", async (connection, stopping) =>
{
    await using var lines = connection.Frames(Framing.Lines(maxBytes: 1000));
    await foreach (var line in lines.ReceiveAllAsync(stopping))
    {
        Thread.Sleep(TimeSpan.FromMilliseconds(100)); // nobody else waits for this
        await lines.SendAsync(System.Text.Encoding.UTF8.GetBytes($"thread {Environment.CurrentManagedThreadId}"));
    }
}, options);
await server.StopOnSignalAsync();
