#:project ../src/Switchboard/Switchboard.csproj
// Sends one file the way tutorials do: its name, its length, its bytes. `switchboard send` does more.
//   dotnet run samples/send-file.cs FILE                to samples/receive-file.cs at port 7350
//   dotnet run samples/send-file.cs FILE ENDPOINT       elsewhere
using System.Buffers.Binary;
using System.Text;
using Switchboard;

if (args is not [var path, .. var rest])
{
    Console.Error.WriteLine("Which file? dotnet run samples/send-file.cs FILE [ENDPOINT]");
    return 2;
}

await using var file = File.OpenRead(path);
await using var connection = await Connection.ConnectAsync(rest is [var at] ? at : ":7350");

// A name has a length of its own in front, because a receive does not end where a send did.
var name = Encoding.UTF8.GetBytes(Path.GetFileName(path));
var header = new byte[sizeof(ushort) + name.Length + sizeof(long)];
BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)name.Length);
name.CopyTo(header, sizeof(ushort));
BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(sizeof(ushort) + name.Length), file.Length);
await connection.SendAsync(header);

var buffer = new byte[64 * 1024];
for (var left = file.Length; left > 0;)
{
    // No more than was announced, should the file grow meanwhile; an exception, should it shrink.
    var count = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)));
    if (count == 0)
        throw new EndOfStreamException($"{path} is shorter than it was.");
    await connection.SendAsync(buffer.AsMemory(0, count));
    left -= count;
}

// That the operating system took the bytes does not mean that they arrived. The receiver says so.
await connection.CompleteSendingAsync();
var answer = await connection.ReceiveToEndAsync(maxBytes: 1024);
Console.WriteLine(Encoding.UTF8.GetString(answer).TrimEnd());
return answer.AsSpan().StartsWith("stored"u8) ? 0 : 1;
