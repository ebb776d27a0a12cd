using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchboard.AspNetCore.Kestrel;

namespace Switchboard.AspNetCore;

/// <summary>Puts Kestrel on Switchboard's listeners.</summary>
public static class SwitchboardWebHostExtensions
{
    /// <summary>
    /// Has Kestrel listen, receive and send through Switchboard: TCP, unix sockets, named pipes, descriptors, and every
    /// endpoint of <see cref="ListenSwitchboard"/>. HTTP, TLS and the application stay as they are.
    /// </summary>
    /// <param name="builder">As in <c>builder.WebHost.UseSwitchboard()</c>.</param>
    /// <param name="options">Limits and choices; null for the defaults.</param>
    public static IWebHostBuilder UseSwitchboard(
        this IWebHostBuilder builder,
        SwitchboardTransportOptions? options = null) =>
        builder.ConfigureServices(services => services.AddSingleton<IConnectionListenerFactory>(
            host => new KestrelListenerFactory(
                options ?? new SwitchboardTransportOptions(),
                new KestrelLog(host.GetRequiredService<ILoggerFactory>()),
                host.GetService<IMemoryPoolFactory<byte>>()?.Create() ?? MemoryPool<byte>.Shared)));

    /// <summary>Has Kestrel listen at an endpoint of Switchboard, such as <c>memory:web</c>.</summary>
    /// <param name="kestrel">It also needs <see cref="UseSwitchboard"/>.</param>
    /// <param name="endpoint">Of any kind that can be listened at, but <c>tls:</c>, which is Kestrel's.</param>
    /// <param name="configure">Protocols, TLS, middleware; null for Kestrel's defaults.</param>
    public static void ListenSwitchboard(
        this KestrelServerOptions kestrel,
        Endpoint endpoint,
        Action<Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions>? configure = null) =>
        kestrel.Listen(new SwitchboardEndPoint(endpoint), configure ?? (static _ => { }));
}
