using System.Globalization;
using Switchboard.Bench.Servers;

if (args is ["local", var endpoint, var spin, var sign])
{
    var local = LocalServer.StartAsync(endpoint, spin).GetAwaiter().GetResult();
    Console.WriteLine($"listening {sign}");
    ControlLines.AnswerAll();
    local.DisposeAsync().AsTask().GetAwaiter().GetResult();
    return 0;
}

if (args is not [var mode, var portText] || !int.TryParse(portText, CultureInfo.InvariantCulture, out var port))
{
    Console.Error.WriteLine($"Usage: Bench.Servers MODE PORT, where MODE is one of {string.Join(", ", Modes.Names)}.");
    return 2;
}

if (Modes.Find(mode) is not { } start)
{
    Console.Error.WriteLine($"{mode} is none of {string.Join(", ", Modes.Names)}.");
    return 2;
}

// Blocking on purpose: the main thread is not the pool's, so the control lines cost the server none of its threads.
var server = start(port).GetAwaiter().GetResult();
Console.WriteLine($"listening {port}");
ControlLines.AnswerAll();
server.DisposeAsync().AsTask().GetAwaiter().GetResult();
return 0;
