#:project ../src/Switchboard/Switchboard.csproj
// A program for the middle of a pipeline: its standard streams are a connection like any other.
//   printf 'hello\nworld\n' | dotnet run samples/upper.cs
using System.Text;
using Switchboard;

await using var standard = await Connection.ConnectAsync("-");
await using var lines = standard.Frames(Framing.Lines(maxBytes: 64 * 1024));
await foreach (var line in lines.ReceiveAllAsync())
{
    await lines.SendAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line.Span).ToUpperInvariant()));
}

// Whoever reads the output sees its end here, and not only when the process ends.
await lines.CompleteSendingAsync();
Console.Error.WriteLine("done");
