using System.Globalization;

namespace Switchboard.Bench.Servers;

/// <summary>The library's echo at any endpoint: for comparing the ways between two processes of one machine.</summary>
internal static class LocalServer
{
    /// <param name="endpoint">Where to listen.</param>
    /// <param name="spinMicroseconds">How long shared memory looks before it sleeps; 0 for not at all.</param>
    public static async Task<IAsyncDisposable> StartAsync(string endpoint, string spinMicroseconds)
    {
        var spin = TimeSpan.FromMicroseconds(int.Parse(spinMicroseconds, CultureInfo.InvariantCulture));
        var patient = SwitchboardServer.Patient;
        var options = spin == TimeSpan.Zero ? patient : patient with
        {
            Listen = patient.Listen with
            {
                Transport = new SharedMemoryTransport(new SharedMemoryOptions { SpinBeforeSleep = spin }),
            },
        };
        return await Server.StartAsync(endpoint, Handlers.EchoBufferedAsync, options);
    }
}
