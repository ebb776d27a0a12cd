#:project ../src/Switchboard.AspNetCore/Switchboard.AspNetCore.csproj
// A web server: HTTP by Kestrel, connections by Switchboard, and a line protocol of your own beside it.
//   dotnet run samples/web-server.cs                    then: curl localhost:7350/Ada
//                                                       and: printf 'abc\n' | nc -N localhost 7351
//   dotnet run samples/web-server.cs unix:/tmp/web.sock then: curl --unix-socket /tmp/web.sock localhost/Ada
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Switchboard;
using Switchboard.AspNetCore;

var (site, lines) = args switch
{
    [var first, var second, ..] => (first, second),
    [var first] => (first, ":7351"),
    _ => ("tcp://localhost:7350", ":7351"),
};

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseSwitchboard();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenSwitchboard(site));
builder.Services.AddSwitchboardServer("reverse", lines, async (connection, stopping) =>
{
    await using var frames = connection.Frames(Framing.Lines(maxBytes: 64 * 1024));
    await foreach (var line in frames.ReceiveAllAsync(stopping))
        await frames.SendAsync(line.ToArray().Reverse().ToArray());
});

var web = builder.Build();
web.MapGet("/", () => "Hello, browser!\n");
web.MapGet("/{name}", (string name) => $"Hello, {name}!\n");
await web.RunAsync();
