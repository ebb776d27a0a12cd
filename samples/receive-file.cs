#:project ../src/Switchboard/Switchboard.csproj
// Receives files from samples/send-file.cs into a folder: name, length, bytes, in the order of who comes.
//   dotnet run samples/receive-file.cs FOLDER           at port 7350 of this machine
//   dotnet run samples/receive-file.cs FOLDER ENDPOINT  elsewhere
using System.Buffers.Binary;
using System.Text;
using Switchboard;

const long MaxBytes = 1L << 30;

var folder = args is [var into, ..] ? into : ".";
await using var server = await Server.StartAsync(args is [_, var at] ? at : ":7350", async (connection, stopping) =>
{
    var answer = await ReceiveAsync(connection, stopping);
    Console.WriteLine(answer);
    await connection.SendAsync(Encoding.UTF8.GetBytes(answer), stopping);
});
await server.StopOnSignalAsync();

async Task<string> ReceiveAsync(Connection connection, CancellationToken stopping)
{
    var number = new byte[sizeof(long)];
    await connection.ReceiveExactlyAsync(number.AsMemory(0, sizeof(ushort)), stopping);
    var nameBytes = new byte[BinaryPrimitives.ReadUInt16BigEndian(number)];
    await connection.ReceiveExactlyAsync(nameBytes, stopping);
    await connection.ReceiveExactlyAsync(number, stopping);
    var (name, length) = (Encoding.UTF8.GetString(nameBytes), BinaryPrimitives.ReadInt64BigEndian(number));

    // The name is a stranger's: "../../.bashrc" must not become a file. So is the length.
    if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') || name.Trim('.') == "")
        return "refused: the name may have letters, digits, '-', '_' and '.'";
    if (length is < 0 or > MaxBytes)
        return $"refused: at most {MaxBytes} bytes";

    // Under another name until it is whole, so that nobody takes a part of it for the file.
    var target = Path.Combine(folder, name);
    var part = Path.Combine(folder, $".{name}.{connection.Id}.part");
    try
    {
        await using (var file = new FileStream(part, FileMode.CreateNew))
        {
            var buffer = new byte[64 * 1024];
            for (var left = length; left > 0;)
            {
                var room = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
                var count = await connection.ReceiveAsync(room, stopping);
                if (count == 0)
                    return $"refused: {left} of {length} bytes are missing";
                await file.WriteAsync(buffer.AsMemory(0, count), stopping);
                left -= count;
            }
        }

        File.Move(part, target, overwrite: false);
        return $"stored {name}, {length} bytes";
    }
    catch (IOException) when (File.Exists(target))
    {
        return $"refused: {name} is there already";
    }
    finally
    {
        File.Delete(part);
    }
}
