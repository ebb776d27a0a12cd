namespace Switchboard.Bench.Load.Servers;

/// <summary>Every chat server there is to measure.</summary>
internal static class ChatTable
{
    public const string Ngircd = "ngircd";
    public const string Inspircd = "inspircd";

    /// <summary>Stands in an argument for a folder that is new for each run of a server.</summary>
    private const string Folder = "{folder}";

    public static IReadOnlyList<ServerKind> All { get; } =
    [
        Ours("switchboard-memory", "serve chat, messages kept in memory", "memory:"),
        Ours("switchboard-sqlite", "serve chat, messages kept in SQLite on the disk", $"{Folder}/chat.db"),
        new()
        {
            Name = Ngircd,
            About = "ngIRCd, without penalties; keeps no messages",
            Start = ["ngircd", "-n", "-f", $"{Folder}/{Ngircd}.conf"],
            Readiness = Readiness.Accepts,
        },
        new()
        {
            Name = Inspircd,
            About = "InspIRCd, with a connect class of high limits; keeps no messages",
            Start = ["inspircd", "--runasroot", "--nofork", "--nopid", "--config", $"{Folder}/{Inspircd}.conf"],
            Readiness = Readiness.Accepts,
        },
    ];

    /// <summary>The same server at a port, with what it reads in a folder.</summary>
    public static ServerKind In(this ServerKind kind, string folder, int port)
    {
        File.WriteAllText(Path.Combine(folder, $"{Ngircd}.conf"), NgircdSettings(port));
        File.WriteAllText(Path.Combine(folder, $"{Inspircd}.conf"), InspircdSettings(port, folder));
        return kind with { Start = [.. kind.Start.Select(part => part.Replace(Folder, folder))] };
    }

    private static ServerKind Ours(string name, string about, string database) => new()
    {
        Name = name,
        About = about,
        Start =
        [
            "dotnet", Places.Assembly("src/Switchboard.Cli", "Switchboard.Cli"),
            "serve", "chat", $"tcp://127.0.0.1:{ServerKind.Port}", "--database", database,
        ],
        Readiness = Readiness.Accepts,
    };

    private static string NgircdSettings(int port) => $"""
        [Global]
        Name = chat.example
        Info = Measured
        Listen = 127.0.0.1
        Ports = {port}
        MotdPhrase = Welcome
        [Limits]
        MaxConnections = 0
        MaxConnectionsIP = 0
        MaxPenaltyTime = 0
        PingTimeout = 3600
        [Options]
        DNS = no
        Ident = no
        PAM = no

        """;

    private static string InspircdSettings(int port, string folder) => $"""
        <server name="chat.example" description="Measured" network="Measured" id="97K">
        <admin name="x" nick="x" email="x@chat.example">
        <bind address="127.0.0.1" port="{port}" type="clients">
        <connect allow="*" timeout="60" pingfreq="60m" hardsendq="16M" softsendq="16M" recvq="64K" localmax="100000"
            globalmax="100000" threshold="1000" commandrate="100000" fakelag="no" useident="no" limit="100000"
            resolvehostnames="no" maxconnwarn="no">
        <cidr ipv4clone="32" ipv6clone="128">
        <class name="None" commands=""><type name="None" classes="None">
        <path datadir="{folder}" logdir="{folder}" moduledir="/usr/lib/inspircd/modules" runtimedir="{folder}">
        <performance nouserdns="yes" somaxconn="128" softlimit="100000">
        <log method="file" type="*" level="sparse" target="inspircd.log">

        """;
}
