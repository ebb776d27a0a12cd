#:project ../src/Switchboard/Switchboard.csproj
// The UDP receiver: prints every datagram that comes, whoever sent it, and answers with its length.
//   dotnet run samples/udp-receiver.cs                  then samples/udp-sender.cs, or: nc -u localhost 7347
using System.Text;
using Switchboard;

await using var socket = await DatagramSocket.BindAsync(args is [var at] ? at : "udp://localhost:7347");
Console.WriteLine($"Hears at {socket.Local}. Ctrl-C stops.");

var buffer = new byte[1500];
while (true)
{
    var received = await socket.ReceiveAsync(buffer);
    var text = Encoding.UTF8.GetString(buffer, 0, received.Length);
    var lost = received.IsTruncated ? $" and {received.OriginalLength - received.Length} bytes that did not fit" : "";
    Console.WriteLine($"{received.From}: \"{text.TrimEnd()}\"{lost}");
    await socket.SendToAsync(Encoding.UTF8.GetBytes($"{received.Length} bytes"), received.From);
}
