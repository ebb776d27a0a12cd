using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Datagrams;

/// <summary>Every engine, with IPv4 and with IPv6.</summary>
internal static class DatagramPlaces
{
    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var engine in TestEngines.All)
            {
                all.Add("udp://127.0.0.1:0", engine);
                all.Add("udp://[::1]:0", engine);
            }

            return all;
        }
    }

    public static TheoryData<string> Engines => [.. TestEngines.All];

    public static DatagramOptions On(string engine) => new() { Engine = TestEngines.Of(engine) };

    public static Task<DatagramSocket> BindAsync(string endpoint, string engine) =>
        DatagramSocket.BindAsync(endpoint, On(engine));

    public static Task<DatagramSocket> ConnectAsync(Endpoint remote, string engine) =>
        DatagramSocket.ConnectAsync(remote, On(engine));

    /// <summary>A port of an address where nobody listens.</summary>
    public static UdpEndpoint Dead(string endpoint) => new(((UdpEndpoint)(Endpoint)endpoint).Host, FreePort.Next());
}
