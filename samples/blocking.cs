#:project ../src/Switchboard/Switchboard.csproj
// A handler that blocks makes its own peer wait, and nobody else: the engine gives it a thread and goes on.
//   dotnet run samples/blocking.cs                      then with SWITCHBOARD_ENGINE=sockets, and compare the threads
using System.Diagnostics;
using Switchboard;

await using var server = await Server.StartAsync("tcp://localhost:0", async (connection, stopping) =>
{
    await using var lines = connection.Frames(Framing.Lines(maxBytes: 100));
    await foreach (var line in lines.ReceiveAllAsync(stopping))
    {
        if (line.Span.SequenceEqual("slow"u8))
        {
            Thread.Sleep(TimeSpan.FromSeconds(1)); // a library without async methods does the same
        }

        await lines.SendAsync(line);
    }
});

var slow = AskUntilAsync(Task.CompletedTask, "slow"u8.ToArray());
var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskUntilAsync(slow, "quick"u8.ToArray())));

Console.WriteLine($"The slow one waited {(await slow).Longest.TotalMilliseconds:0} ms for its answer.");
Console.WriteLine($"Meanwhile 10 others got {others.Sum(each => each.Answers)} answers,");
Console.WriteLine($"and none of them waited longer than {others.Max(each => each.Longest).TotalMilliseconds:0} ms.");
Console.WriteLine($"{Engine.Default.Name}: {Engine.Default.GetStatistics()}");

async Task<(int Answers, TimeSpan Longest)> AskUntilAsync(Task end, byte[] question)
{
    await using var connection = await Connection.ConnectAsync(server.Local);
    await using var lines = connection.Frames(Framing.Lines(maxBytes: 100));
    var (answers, longest) = (0, TimeSpan.Zero);
    do
    {
        var start = Stopwatch.GetTimestamp();
        await lines.SendAsync(question);
        await lines.ReceiveAsync();
        var waited = Stopwatch.GetElapsedTime(start);
        (answers, longest) = (answers + 1, waited > longest ? waited : longest);
    }
    while (!end.IsCompleted);
    return (answers, longest);
}
