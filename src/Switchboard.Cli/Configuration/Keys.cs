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
    public const string Loop = "loop";
    public const string Engine = "engine";
    public const string Tls = "tls";
    public const string Cert = "cert";
    public const string Key = "key";
    public const string Pfx = "pfx";
    public const string PasswordFile = "passwordFile";
    public const string SelfSigned = "selfSigned";
    public const string ClientCa = "clientCa";
    public const string Alpn = "alpn";
    public const string Folder = "folder";
    public const string Upload = "upload";
    public const string MaxUpload = "maxUpload";
    public const string Hidden = "hidden";
    public const string Login = "login";
    public const string Name = "name";
    public const string Network = "network";
    public const string Motd = "motd";
    public const string Database = "database";
    public const string Register = "register";
    public const string ServerPasswordFile = "serverPasswordFile";

    public static IReadOnlyList<string> All { get; } =
    [
        Serve, Listen, Framing, MaxFrame, MaxConnections, MaxPerAddress, Idle, Drain, Loop, Engine,
        Tls, Cert, Key, Pfx, PasswordFile, SelfSigned, ClientCa, Alpn, Folder, Upload, MaxUpload, Hidden, Login,
        Name, Network, Motd, Database, Register, ServerPasswordFile,
    ];

    /// <summary>Whether a value of this kind may stand there. Sizes are numbers, or strings such as "64K".</summary>
    public static bool Allows(string key, JsonTokenType kind) => (key, kind) switch
    {
        (MaxConnections or MaxPerAddress or MaxFrame or MaxUpload, JsonTokenType.Number) => true,
        (MaxConnections or MaxPerAddress, _) => false,
        (Tls or SelfSigned or Upload or Hidden or Register, _) => kind is JsonTokenType.True or JsonTokenType.False,
        _ => kind == JsonTokenType.String,
    };

    /// <summary>What is expected there, with an example.</summary>
    public static string Expected(string key) => key switch
    {
        Serve => "the name of a service, such as \"echo\"",
        Listen => "an endpoint as a string, such as \":7340\"",
        Framing => "a framing as a string, such as \"lines\"",
        Folder => "the name of a folder as a string",
        MaxUpload => "a number of bytes, such as 1048576 or \"100M\"",
        MaxFrame => "a number of bytes, such as 65536 or \"64K\"",
        MaxConnections or MaxPerAddress => "a number, such as 100",
        Loop => "a loop as a string: \"async\", \"thread\" or \"process\"",
        Engine => "an engine as a string: \"epoll\" or \"sockets\"",
        Tls or SelfSigned or Upload or Hidden or Register => "true or false",
        Cert or Key or Pfx or PasswordFile or ClientCa or Login or Motd or ServerPasswordFile =>
            "the name of a file as a string",
        Alpn => "application protocols as a string, such as \"h2,http/1.1\"",
        Name or Network => "a name as a string, such as \"irc.example.com\"",
        Database => "a file, \"postgres://...\" or \"memory:\", as a string",
        _ => "a time as a string, such as \"30s\"",
    };
}
