#:project ../src/Switchboard/Switchboard.csproj
// The greeting client: connects, listens to the end, and prints.
//   dotnet run samples/greeting-client.cs               with samples/greeting-server.cs running
using System.Text;
using Switchboard;

await using var connection = await Connection.ConnectAsync(args is [var at] ? at : "tcp://localhost:7343");
Console.WriteLine(Encoding.UTF8.GetString(await connection.ReceiveToEndAsync(maxBytes: 1024)));
