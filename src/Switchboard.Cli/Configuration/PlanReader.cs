using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;

namespace Switchboard.Cli.Configuration;

/// <summary>Turns the entries of a configuration file into plans.</summary>
internal static class PlanReader
{
    /// <exception cref="ConfigurationException">A value cannot be meant, or an endpoint is there twice.</exception>
    public static IReadOnlyList<ServingPlan> Read(IReadOnlyList<Entry> entries)
    {
        var plans = new List<ServingPlan>();
        var taken = new Dictionary<Endpoint, Place>();
        foreach (var entry in entries)
        {
            var plan = ReadOne(entry);
            RefuseTaken(plan.Listen, entry, taken);
            plans.Add(plan);
        }

        return plans.Count > 0
            ? plans
            : throw new ConfigurationException(new Place(1, 1), "there is no entry.", "at least one entry");
    }

    private static ServingPlan ReadOne(Entry entry)
    {
        if (!entry.Members.ContainsKey(Keys.Serve))
        {
            throw new ConfigurationException(
                entry.Place, $"\"{Keys.Serve}\" is missing.", Keys.Expected(Keys.Serve));
        }

        var service = Value(entry, Keys.Serve, BuiltIns.Parse)!;
        var limits = new ServerLimits();
        var own = new TcpEndpoint("localhost", service.Port);
        var plan = new ServingPlan(service, Value(entry, Keys.Listen, EndpointText.ToListenAt) ?? own)
        {
            Framing = ReadFraming(entry, service),
            Engine = Value(entry, Keys.Engine, EngineOption.Parse),
            Loop = Value(entry, Keys.Loop, text => ReadLoop(text, service)),
            Files = FilesReader.Read(entry, service),
            Chat = ChatReader.Read(entry, service),
            Tls = TlsReader.Read(entry, Value(entry, Keys.Listen, EndpointText.ToListenAt) ?? own),
            Limits = limits with
            {
                MaxConnections = Number(entry, Keys.MaxConnections) ?? limits.MaxConnections,
                MaxConnectionsPerAddress = Number(entry, Keys.MaxPerAddress) ?? limits.MaxConnectionsPerAddress,
                IdleTimeout = Time(entry, Keys.Idle, TimeText.ParseWait) ?? limits.IdleTimeout,
            },
        };
        return Time(entry, Keys.Drain, TimeText.Parse) is { } drain ? plan with { Drain = drain } : plan;
    }

    private static Framing? ReadFraming(Entry entry, BuiltIn service)
    {
        var max = Value<int?>(entry, Keys.MaxFrame, text => SizeText.Parse(text));
        return Value(entry, Keys.Framing, text => service.Framed == FramingUse.None
            ? throw new FormatException($"{service.Name} knows no frames; {BuiltIns.FramedNames} do.")
            : FramingText.Parse(text)(max ?? FramingText.DefaultMaxFrameBytes));
    }

    private static ServerLoop ReadLoop(string text, BuiltIn service) => LoopOption.Parse(text) switch
    {
        ServerLoop.Process when service == BuiltIns.Chat =>
            throw new FormatException("a chat is one for all its connections; a process for each would be alone."),
        var loop => loop,
    };

    private static int? Number(Entry entry, string key) => Value<int?>(entry, key, text => CountText.Parse(text));

    private static TimeSpan? Time(Entry entry, string key, Func<string, TimeSpan> read) =>
        Value<TimeSpan?>(entry, key, text => read(text));

    internal static T? Value<T>(Entry entry, string key, Func<string, T> read)
    {
        if (!entry.Members.TryGetValue(key, out var member))
        {
            return default;
        }

        try
        {
            return read(member.Text);
        }
        catch (FormatException error)
        {
            throw new ConfigurationException(member.Place, error.Message);
        }
    }

    private static void RefuseTaken(Endpoint listen, Entry entry, Dictionary<Endpoint, Place> taken)
    {
        var place = entry.Members.TryGetValue(Keys.Listen, out var member) ? member.Place : entry.Place;
        if (listen is HostEndpoint { Port: 0 } || taken.TryAdd(listen, place))
        {
            return;
        }

        throw new ConfigurationException(
            place, $"{listen} is taken by the entry at {taken[listen]}.", "an endpoint of its own for each entry");
    }
}
