#:project ../src/Switchboard/Switchboard.csproj
// Echo over TLS, with a certificate that vouches for itself: the client knows it by its fingerprint.
//   dotnet run samples/tls-echo.cs                      runs both ends, and a client that knows another fingerprint
using System.Text;
using Switchboard;

var certificate = TlsCertificate.CreateSelfSigned();            // for localhost; FromPem reads a real one
var options = new ServerOptions { Listen = new() { Tls = new() { Certificates = [certificate] } } };
await using var server = await Server.StartAsync("tls://localhost:0", async (connection, stopping) =>
{
    await using var lines = connection.Frames(Framing.Lines(maxBytes: 1024));
    await foreach (var line in lines.ReceiveAllAsync(stopping))
        await lines.SendAsync(line);
}, options);

await using (var connection = await ConnectAsync(certificate.Fingerprint))
{
    await connection.SendAsync("Hello, TLS!\n"u8.ToArray());
    await connection.CompleteSendingAsync();                    // close_notify: the end cannot be cut off unseen
    Console.Write(Encoding.UTF8.GetString(await connection.ReceiveToEndAsync(maxBytes: 1024)));
    Console.WriteLine($"{connection.Tls!.Protocol}, {connection.Tls.PeerCertificate!.Subject}");
}

try
{
    await ConnectAsync(new string('0', 64));
}
catch (TlsException refused)
{
    Console.WriteLine(refused.Failure);
}

Task<Connection> ConnectAsync(string fingerprint) =>
    Connection.ConnectAsync(server.Local, new ConnectOptions { Tls = new() { Pin = fingerprint } });
