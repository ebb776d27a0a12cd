using System.Diagnostics;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>A server of a chat in a process of its own.</summary>
internal sealed class KilledServer(string name, string database, string broker, string roots, int port)
    : IAsyncDisposable
{
#pragma warning disable CA2213 // It is disposed of under another name, so that the next can be started.
    private Process? _process = ChatProgram.Start(name, database, broker, roots, port);
#pragma warning restore CA2213

    public int Port => port;

    /// <summary>Waits until it has joined the others and lets people in: before that nothing is kept for it.</summary>
    public async Task WaitUntilServingAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            try
            {
                var address = $"127.0.0.1:{port}";
                await using var visit = await Connection.ConnectAsync(address, cancellationToken: patience.Token);
                return;
            }
            catch (ConnectionRefusedException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            }
        }
    }

    public async Task KillAndStartAsync()
    {
        await DisposeAsync();
        _process = ChatProgram.Start(name, database, broker, roots, port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync().Soon();
            process.Dispose();
        }
    }
}
