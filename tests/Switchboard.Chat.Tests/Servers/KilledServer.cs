using System.Diagnostics;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>A server of a chat in a process of its own.</summary>
internal sealed class KilledServer(string name, string database, string broker, int port) : IAsyncDisposable
{
#pragma warning disable CA2213 // It is disposed of under another name, so that the next can be started.
    private Process? _process = ChatProgram.Start(name, database, broker, port);
#pragma warning restore CA2213

    public int Port => port;

    public async Task KillAndStartAsync()
    {
        await DisposeAsync();
        _process = ChatProgram.Start(name, database, broker, port);
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
