#:project ../src/Switchboard/Switchboard.csproj
// The greeting server: greets whoever connects, and closes.
//   dotnet run samples/greeting-server.cs               then: nc localhost 7343
using Switchboard;

await using var server = await Server.StartAsync(
    args is [var at] ? at : "tcp://localhost:7343",
    async (connection, _) => await connection.SendAsync("Hello, Client! Welcome to the server."u8.ToArray()));

Console.WriteLine($"Listening at {server.Local}. Ctrl-C stops.");
var drained = await server.StopOnSignalAsync();
Console.WriteLine($"Greeted {server.GetStatistics().Accepted}; {drained.Finished} finished while stopping.");
