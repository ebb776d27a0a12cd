#:project ../src/Switchboard/Switchboard.csproj
// Datagrams for a server that knows lines only: each address that sends gets a connection of its own.
//   dotnet run samples/udp-relay.cs                     runs the server, the relay and a client
using System.Text;
using Switchboard;

var lines = Framing.Lines(maxBytes: 1400);
await using var server = await Server.StartAsync("tcp://localhost:0", async (connection, stopping) =>
{
    await using var frames = connection.Frames(lines);
    await foreach (var line in frames.ReceiveAllAsync(stopping))
        await frames.SendAsync(line.ToArray().Reverse().ToArray());
});
var options = new RelayOptions { Framing = lines, Observer = new Drops() };
await using var relay = await DatagramRelay.StartAsync("udp://localhost:0", server.Local, options);

await using var client = await DatagramSocket.ConnectAsync(relay.Local);
var buffer = new byte[1400];
await client.SendAsync("two\nlines"u8.ToArray());               // is no line: dropped, and told
await client.SendAsync("Hello, world!"u8.ToArray());
var answer = await client.ReceiveAsync(buffer);
Console.WriteLine(Encoding.UTF8.GetString(buffer, 0, answer.Length));

sealed class Drops : RelayObserver
{
    public override void Dropped(RelayDrop drop) => Console.WriteLine($"{drop.Reason}, {drop.Bytes} bytes");
}
