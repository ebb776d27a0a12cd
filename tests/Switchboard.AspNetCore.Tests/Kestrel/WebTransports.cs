using Microsoft.AspNetCore.Hosting;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>The transports that this machine has.</summary>
internal static class WebTransports
{
    public static IEnumerable<WebTransport> Ours => OperatingSystem.IsLinux()
        ? [WebTransport.Sockets, WebTransport.Epoll, WebTransport.EpollAndPool]
        : [WebTransport.Sockets];

    public static TheoryData<WebTransport> All => [WebTransport.Own, .. Ours];

    public static SwitchboardTransportOptions OptionsOf(WebTransport transport) => new()
    {
        Listen = new ListenOptions { Engine = transport == WebTransport.Sockets ? Engine.Sockets : Engine.Epoll },
        Application = transport == WebTransport.EpollAndPool ? ApplicationThread.Pool : ApplicationThread.Engine,
    };

    public static void Use(this IWebHostBuilder web, WebTransport transport)
    {
        if (transport != WebTransport.Own)
        {
            web.UseSwitchboard(OptionsOf(transport));
        }
    }
}
