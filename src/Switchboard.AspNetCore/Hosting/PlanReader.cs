using Microsoft.Extensions.Configuration;

namespace Switchboard.AspNetCore.Hosting;

/// <summary>Reads a server's plan from configuration. What it does not say is as the program has it.</summary>
internal static class PlanReader
{
    /// <exception cref="InvalidOperationException">A value, or a key, cannot be meant; the text says which.</exception>
    public static ServerPlan Read(IConfigurationSection section, ServerOptions otherwise)
    {
        var settings = new Settings(section);
        var plan = new ServerPlan(ReadEndpoint(settings), ReadOptions(settings, otherwise));
        settings.RefuseUnknown();
        return plan;
    }

    private static Endpoint ReadEndpoint(Settings settings)
    {
        const string Key = "Endpoint";
        return Endpoint.TryParse(settings.Text(Key), out var endpoint, out var error)
            ? endpoint
            : throw settings.Wrong(
                Key, $"where to listen is needed, such as tcp://localhost:7342. {error.Message}", error);
    }

    private static ServerOptions ReadOptions(Settings settings, ServerOptions otherwise) => otherwise with
    {
        DrainTimeout = settings.Time(nameof(ServerOptions.DrainTimeout), otherwise.DrainTimeout),
        Limits = ReadLimits(settings.Part(nameof(ServerOptions.Limits)), otherwise.Limits),
        Listen = otherwise.Listen with
        {
            Backlog = settings.Number(nameof(ListenOptions.Backlog), otherwise.Listen.Backlog),
            Engine = ReadEngine(settings, otherwise.Listen.Engine),
            Tls = ReadTls(settings.Part(nameof(ListenOptions.Tls)), otherwise.Listen.Tls),
        },
    };

    private static ServerLimits ReadLimits(Settings settings, ServerLimits otherwise)
    {
        var limits = otherwise with
        {
            MaxConnections = settings.Number(nameof(ServerLimits.MaxConnections), otherwise.MaxConnections),
            MaxConnectionsPerAddress = settings.Number(
                nameof(ServerLimits.MaxConnectionsPerAddress), otherwise.MaxConnectionsPerAddress),
            IdleTimeout = settings.Time(nameof(ServerLimits.IdleTimeout), otherwise.IdleTimeout),
            FrameTimeout = settings.Time(nameof(ServerLimits.FrameTimeout), otherwise.FrameTimeout),
            MinFrameBytesPerSecond = settings.Number(
                nameof(ServerLimits.MinFrameBytesPerSecond), otherwise.MinFrameBytesPerSecond),
            RateGrace = settings.Time(nameof(ServerLimits.RateGrace), otherwise.RateGrace),
            SendTimeout = settings.Time(nameof(ServerLimits.SendTimeout), otherwise.SendTimeout),
        };
        settings.RefuseUnknown();
        return limits;
    }

    private static Engine? ReadEngine(Settings settings, Engine? otherwise)
    {
        const string Key = "Engine";
        return settings.Text(Key)?.ToUpperInvariant() switch
        {
            null => otherwise,
            "EPOLL" => Engine.Epoll,
            "SOCKETS" => Engine.Sockets,
            _ => throw settings.Wrong(Key, "it is epoll or sockets"),
        };
    }

    private static TlsListenOptions? ReadTls(Settings settings, TlsListenOptions? otherwise)
    {
        var (certificate, key) = (settings.Text("Certificate"), settings.Text("Key"));
        settings.RefuseUnknown();
        return (certificate, key) switch
        {
            (null, null) => otherwise,
            ({ } certificateFile, { } keyFile) => new TlsListenOptions
            {
                Certificates = [TlsCertificate.FromPem(certificateFile, keyFile)],
            },
            _ => throw settings.Wrong("Certificate", "it needs Key beside it: two files in PEM"),
        };
    }
}
