#:project ../src/Switchboard/Switchboard.csproj
// A web client by hand: send the request, receive to the end. In HTTP/1.0 the end of the connection is the end of the
// page, and Content-Length, where there is one, tells whether it came too early.
//   dotnet run samples/http-client.cs http://localhost:8000/        such as python3 -m http.server
using System.Globalization;
using System.Text;
using Switchboard;

var url = new Uri(args is [var typed] ? typed : "http://localhost:8000/");
await using var connection = await Connection.ConnectAsync($"tcp://{url.Host}:{url.Port}");

var request = $"GET {url.PathAndQuery} HTTP/1.0\r\nHost: {url.Authority}\r\n\r\n";
await connection.SendAsync(Encoding.ASCII.GetBytes(request));
var answer = await connection.ReceiveToEndAsync(maxBytes: 1024 * 1024);

var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
if (end < 0)
{
    Console.Error.WriteLine("That was no answer in HTTP.");
    return 1;
}

var head = Encoding.Latin1.GetString(answer.AsSpan(0, end)).Split("\r\n");
var body = answer.AsMemory(end + 4);
Console.Error.WriteLine(head[0]);
await using (var output = Console.OpenStandardOutput())
{
    await output.WriteAsync(body);
}

const string Length = "Content-Length:";
var line = head.FirstOrDefault(each => each.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
var whole = line is null ? body.Length : int.Parse(line[Length.Length..], CultureInfo.InvariantCulture);
if (body.Length < whole)
{
    Console.Error.WriteLine($"Cut off: {body.Length} of {whole} bytes came.");
    return 1;
}

return 0;
