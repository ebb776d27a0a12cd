#:project ../src/Switchboard/Switchboard.csproj
// Ping-pong through a named pipe, with a peer that knows the library, or only what comes with .NET.
//   dotnet run samples/pipe-ping-pong.cs pong             then, in a second terminal:
//   dotnet run samples/pipe-ping-pong.cs ping             or, with .NET's own streams at either end:
//   dotnet run samples/pipe-ping-pong.cs pong-of-dotnet   dotnet run samples/pipe-ping-pong.cs ping-of-dotnet
using System.IO.Pipes;
using Switchboard;

const int Rounds = 3;
var role = args is [var first, ..] ? first : "";
var pipe = new PipeEndpoint(args is [_, var name] ? name : "ping-pong");
switch (role)
{
    case "pong":
        await using (var listener = await Listener.BindAsync(pipe))
        await using (var accepted = await listener.AcceptAsync())
        {
            await PongAsync(accepted.AsStream());
        }

        break;

    case "ping":
        await using (var connection = await Connection.ConnectAsync(pipe))
        {
            await PingAsync(connection.AsStream());
        }

        break;

    case "pong-of-dotnet":
        await using (var server = new NamedPipeServerStream(
            pipe.Name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly))
        {
            await server.WaitForConnectionAsync();
            await PongAsync(server);
        }

        break;

    case "ping-of-dotnet":
        await using (var client = new NamedPipeClientStream(
            ".", pipe.Name, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly))
        {
            await client.ConnectAsync();
            await PingAsync(client);
        }

        break;

    default:
        Console.WriteLine("Say which: ping, pong, ping-of-dotnet or pong-of-dotnet.");
        return 2;
}

return 0;

static async Task PingAsync(Stream stream)
{
    using var reader = new StreamReader(stream, leaveOpen: true);
    for (var round = 1; round <= Rounds; round++)
    {
        await stream.WriteAsync("ping\n"u8.ToArray());
        Console.WriteLine($"{round}: {await reader.ReadLineAsync()}");
    }
}

// Until the other end has closed.
static async Task PongAsync(Stream stream)
{
    using var reader = new StreamReader(stream, leaveOpen: true);
    while (await reader.ReadLineAsync() is { } line)
    {
        Console.WriteLine(line);
        await stream.WriteAsync("pong\n"u8.ToArray());
    }
}
