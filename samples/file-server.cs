#:project ../src/Switchboard/Switchboard.csproj
#:project ../src/Switchboard.Files/Switchboard.Files.csproj
// A web server by hand: one request a connection, as in HTTP/1.0. The end of the connection is the end of the page.
//   dotnet run samples/file-server.cs :8080 .                       then http://localhost:8080/README.md
using System.Text;
using Switchboard;
using Switchboard.Files;

using var folder = SharedFolder.Open(args is [_, var path] ? path : ".");
await using var server = await Server.StartAsync(args is [var at, ..] ? at : ":8080", async (connection, stopping) =>
{
    var head = await connection.ReceiveUntilAsync("\r\n\r\n"u8.ToArray(), maxBytes: 8 * 1024, stopping);
    if (head is null || Encoding.Latin1.GetString(head).Split(' ') is not ["GET", ['/', ..] target, ..])
    {
        await AnswerAsync(connection, "400 Bad Request", "Only GET is understood.\n"u8.ToArray());
        return;
    }

    // Decoded once, and a slash that comes out of that separates nothing: whatever leads elsewhere is not there.
    var parts = target[1..].Split('?')[0].Split('/').Select(Uri.UnescapeDataString).ToArray();
    using var file = folder.OpenToRead(parts);
    if (file is null)
    {
        await AnswerAsync(connection, "404 Not Found", "There is nothing of that name.\n"u8.ToArray());
        return;
    }

    var length = RandomAccess.GetLength(file);
    await AnswerAsync(connection, "200 OK", [], length);
    var buffer = new byte[64 * 1024];
    for (var done = 0L; done < length;)
    {
        var count = await RandomAccess.ReadAsync(file, buffer, done, stopping);
        if (count == 0)
        {
            connection.Abort();   // It became shorter meanwhile, and a part must not look like a whole.
            return;
        }

        await connection.SendAsync(buffer.AsMemory(0, count), stopping);
        done += count;
    }
});
Console.WriteLine($"Serves at {server.Local}");
await server.StopOnSignalAsync();

static async Task AnswerAsync(Connection connection, string status, byte[] body, long? length = null)
{
    var head = $"HTTP/1.0 {status}\r\nContent-Length: {length ?? body.Length}\r\n";
    await connection.SendAsync(Encoding.ASCII.GetBytes(head + "X-Content-Type-Options: nosniff\r\n\r\n"));
    await connection.SendAsync(body);
}
