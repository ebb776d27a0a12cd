#:project ../src/Switchboard/Switchboard.csproj
// A socket as a file: readers and writers work on it, and flushing is what sends.
//   dotnet run samples/stream.cs
using Switchboard;

var (here, there) = Connection.CreatePair();

await using (var writer = new StreamWriter(here.AsStream()))
{
    await writer.WriteLineAsync("first line");   // still in the writer's buffer: nobody has seen it
    await writer.WriteLineAsync("second line");
    await writer.FlushAsync();                   // now it is on its way
    await writer.WriteLineAsync("third line");
    var closing = writer.DisposeAsync();         // disposing flushes too, and closes the connection

    using var reader = new StreamReader(there.AsStream());
    while (await reader.ReadLineAsync() is { } line)
    {
        Console.WriteLine($"read: {line}");
    }

    await there.DisposeAsync();
    await closing;
}
