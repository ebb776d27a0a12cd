#:project ../src/Switchboard/Switchboard.csproj
// The reverse server: each line comes back with its bytes in reverse order.
//   dotnet run samples/reverse.cs                       then: printf 'Hello, world!\n' | nc -N localhost 7342
using Switchboard;

await using var server = await Server.StartAsync(args is [var at] ? at : ":7342", async (connection, stopping) =>
{
    await using var lines = connection.Frames(Framing.Lines(maxBytes: 64 * 1024));
    await foreach (var line in lines.ReceiveAllAsync(stopping))
        await lines.SendAsync(line.ToArray().Reverse().ToArray());
});
await server.StopOnSignalAsync();
