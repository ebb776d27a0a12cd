#:project ../src/Switchboard/Switchboard.csproj
// Send all, receive all. One receive is not one message: it brings what has arrived so far.
//   dotnet run samples/send-all.cs
using Switchboard;

const int Size = 300_000;

await using var listener = await Listener.BindAsync("tcp://localhost:0");
await using var client = await Connection.ConnectAsync(listener.Local);
await using var server = await listener.AcceptAsync();

// SendAsync loops until the operating system has taken the last byte, or throws: no count to check.
var sending = client.SendAsync(new byte[Size]).AsTask();

// ReceiveAsync gives some bytes; how many depends on what was sent, on buffers, and on chance.
var buffer = new byte[1024 * 1024];
var first = await server.ReceiveAsync(buffer);
Console.WriteLine($"One receive with room for {buffer.Length} bytes brought {(first == Size ? "all" : "a part")}.");

// ReceiveExactlyAsync loops until it has as many as asked for.
await server.ReceiveExactlyAsync(buffer.AsMemory(first, Size - first));
await sending;
Console.WriteLine($"With the rest: {Size} of {Size} bytes.");

// If the peer finishes before that, the exception carries what did arrive.
await client.SendAsync("only this"u8.ToArray());
await client.CompleteSendingAsync();
try
{
    await server.ReceiveExactlyAsync(buffer.AsMemory(0, 100));
}
catch (TruncatedReceiveException truncated)
{
    Console.WriteLine($"Asked for 100 bytes, got {truncated.Received.Length} before the peer finished.");
}
