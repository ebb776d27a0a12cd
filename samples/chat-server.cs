#:project ../src/Switchboard/Switchboard.csproj
// Two people chat, line by line, both at once. This one listens; samples/chat-client.cs is the other.
//   dotnet run samples/chat-server.cs                   type; Ctrl-D says that you have no more to say
using System.Text;
using Switchboard;

await using var listener = await Listener.BindAsync(args is [var at] ? at : ":7349");
Console.WriteLine($"Waiting at {listener.Local}");
await using var connection = await listener.AcceptAsync();
await using var lines = connection.Frames(Framing.Lines(maxBytes: 4096));
Console.WriteLine("Somebody is here. Type; Ctrl-D when you have no more to say.");

// Either may finish first: the end of what you type ends your side only, and the other one may go on.
var typing = TypeAsync();
try
{
    await foreach (var line in lines.ReceiveAllAsync())
        Console.WriteLine($"> {Shown(line.Span)}");
    Console.WriteLine("The other one has no more to say.");
    await typing;
}
catch (ConnectionException broken)
{
    Console.WriteLine($"The other one is gone: {broken.Problem}");
}

async Task TypeAsync()
{
    // Reading what is typed blocks, so it has a thread: what the other one says is not kept waiting.
    while (await Task.Run(Console.ReadLine) is { } text)
        await lines.SendAsync(Encoding.UTF8.GetBytes(text));
    await lines.CompleteSendingAsync();
}

// A terminal obeys control characters, and these come from somebody else.
static string Shown(ReadOnlySpan<byte> line) =>
    string.Concat(Encoding.UTF8.GetString(line).Select(letter => char.IsControl(letter) ? '?' : letter));
