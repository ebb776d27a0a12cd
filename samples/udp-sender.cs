#:project ../src/Switchboard/Switchboard.csproj
// The UDP sender: sends a datagram and waits for an answer; when none comes it asks again, because datagrams get lost.
//   dotnet run samples/udp-sender.cs                    with samples/udp-receiver.cs running, and without
using System.Text;
using Switchboard;

await using var socket = await DatagramSocket.ConnectAsync(args is [var at] ? at : "udp://localhost:7347");
var buffer = new byte[1500];
for (var attempt = 1; attempt <= 3; attempt++)
{
    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
    try
    {
        await socket.SendAsync("Hello, datagram!"u8.ToArray());
        var answer = await socket.ReceiveAsync(buffer, patience.Token);
        Console.WriteLine($"{socket.Remote} answers: {Encoding.UTF8.GetString(buffer, 0, answer.Length)}");
        return 0;
    }
    catch (ConnectionRefusedException)
    {
        Console.WriteLine($"Attempt {attempt}: nothing listens at {socket.Remote}; its machine said so.");
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine($"Attempt {attempt}: no answer within a second.");
    }
}

return 3;
