#:project ../src/Switchboard/Switchboard.csproj
// The four framings: how a receiver finds messages in a stream of bytes.
//   dotnet run samples/framings.cs
using System.Text;
using Switchboard;

await ShowAsync("fixed length", Framing.Fixed(bytes: 5), "HELLO", "WORLD");
await ShowAsync("delimited", Framing.Delimited("\n\n", maxBytes: 1024), "one\nmessage", "another");
await ShowAsync("length-prefixed", Framing.LengthPrefixed(maxBytes: 1024), "any bytes:\0\n", "");
await ShowAsync("ended by shutdown", Framing.UntilClose(maxBytes: 1024), "everything up to the end is one message");

static async Task ShowAsync(string name, Framing framing, params string[] messages)
{
    var (here, there) = Connection.CreatePair();
    await using (here)
    await using (there)
    {
        await using var sender = here.Frames(framing);
        foreach (var message in messages)
        {
            await sender.SendAsync(Encoding.UTF8.GetBytes(message));
        }

        await sender.CompleteSendingAsync();

        // Whatever pieces the bytes arrive in, the same frames come out.
        await using var receiver = there.Frames(framing);
        await foreach (var frame in receiver.ReceiveAllAsync())
        {
            var text = Encoding.UTF8.GetString(frame.Span).Replace("\n", "\\n").Replace("\0", "\\0");
            Console.WriteLine($"{name,-17}  {frame.Length,2} bytes  \"{text}\"");
        }
    }
}
