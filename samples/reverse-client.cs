#:project ../src/Switchboard/Switchboard.csproj
// The reverse client: sends a line, finishes sending, and prints what comes back.
//   dotnet run samples/reverse-client.cs                with samples/reverse.cs running
using System.Text;
using Switchboard;

await using var connection = await Connection.ConnectAsync(args is [var at] ? at : "tcp://localhost:7342");

await connection.SendAsync("Hello, world!\n"u8.ToArray());      // all of it, or an exception
await connection.CompleteSendingAsync();                        // half-close: the server sees our end and answers
var reply = await connection.ReceiveToEndAsync(maxBytes: 1024); // until the server has finished, too

Console.Write(Encoding.UTF8.GetString(reply));
