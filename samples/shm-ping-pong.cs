#:project ../src/Switchboard/Switchboard.csproj
// Ping-pong through shared memory between two processes: the first listens, the second plays.
//   dotnet run samples/shm-ping-pong.cs                 twice, in two terminals; Ctrl-C stops the first
using System.Diagnostics;
using Switchboard;

const int Rounds = 10_000;
Endpoint table = args is [var at] ? at : "shm:ping-pong";
try
{
    await using var first = await Server.StartAsync(table, PongAsync);
    Console.WriteLine($"Waiting at {first.Local} for somebody to play. Ctrl-C stops.");
    await first.StopOnSignalAsync();
}
catch (BindException taken) when (taken.Failure == BindFailure.InUse)
{
    await PingAsync();
}

async Task PongAsync(Connection connection, CancellationToken stopping)
{
    var ball = new byte[32];
    while (await connection.ReceiveAsync(ball, stopping) is > 0 and var count)
    {
        await connection.SendAsync(ball.AsMemory(0, count), stopping);
    }
}

async Task PingAsync()
{
    await using var connection = await Connection.ConnectAsync(table);
    var ball = new byte[32];
    var started = Stopwatch.GetTimestamp();
    for (var round = 0; round < Rounds; round++)
    {
        await connection.SendAsync(ball);
        await connection.ReceiveExactlyAsync(ball);
    }

    var each = Stopwatch.GetElapsedTime(started) / Rounds;
    Console.WriteLine($"{Rounds} round trips with process {connection.PeerCredentials?.ProcessId}.");
    Console.WriteLine($"{each.TotalMicroseconds:0.0} microseconds each.");
}
