#:project ../src/Switchboard/Switchboard.csproj
// A client socket, and the first thing that goes wrong with one: nobody is there.
//   dotnet run samples/client.cs                        connects to port 9, where usually nothing listens
using Switchboard;

Endpoint endpoint = args is [var at] ? at : "tcp://localhost:9";
try
{
    await using var connection = await Connection.ConnectAsync(endpoint);
    Console.WriteLine($"Connected: {connection}");
    return 0;
}
catch (ConnectionRefusedException refused)
{
    Console.WriteLine($"Nothing listens at {endpoint}. The machine is there and said no at once; it tried:");
    foreach (var attempt in refused.Attempts)
    {
        Console.WriteLine($"  {attempt.Remote}  {attempt.Error?.Message}");
    }
}
catch (ConnectionTimeoutException)
{
    Console.WriteLine($"No answer from {endpoint} at all. A wrong address or a firewall looks like this.");
}
catch (HostNotFoundException)
{
    Console.WriteLine($"There is no such name: {endpoint}");
}

return 3;
