using System.Text.Json;

namespace Switchboard.Cli.Configuration;

/// <summary>The members that an entry may have.</summary>
internal static class Keys
{
    public const string Serve = "serve";
    public const string Listen = "listen";
    public const string Framing = "framing";
    public const string MaxFrame = "maxFrame";
    public const string MaxConnections = "maxConnections";
    public const string MaxPerAddress = "maxPerAddress";
    public const string Idle = "idle";
    public const string Drain = "drain";
    public const string Engine = "engine";

    public static IReadOnlyList<string> All { get; } =
        [Serve, Listen, Framing, MaxFrame, MaxConnections, MaxPerAddress, Idle, Drain, Engine];

    /// <summary>Whether a value of this kind may stand there. Sizes are numbers, or strings such as "64K".</summary>
    public static bool Allows(string key, JsonTokenType kind) => (key, kind) switch
    {
        (MaxConnections or MaxPerAddress or MaxFrame, JsonTokenType.Number) => true,
        (MaxConnections or MaxPerAddress, _) => false,
        _ => kind == JsonTokenType.String,
    };

    /// <summary>What is expected there, with an example.</summary>
    public static string Expected(string key) => key switch
    {
        Serve => "the name of a service, such as \"echo\"",
        Listen => "an endpoint as a string, such as \":7340\"",
        Framing => "a framing as a string, such as \"lines\"",
        MaxFrame => "a number of bytes, such as 65536 or \"64K\"",
        MaxConnections or MaxPerAddress => "a number, such as 100",
        Engine => "an engine as a string: \"epoll\" or \"sockets\"",
        _ => "a time as a string, such as \"30s\"",
    };
}
