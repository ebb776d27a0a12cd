using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Switchboard.Tests.Endpoints;

/// <summary>Endpoints of every kind, and texts that are almost endpoints.</summary>
internal static class EndpointGen
{
    private static readonly string[] Fragments =
    [
        "tcp", "unix", "memory", "udp", "http", "fd", "exec", "pipe", "\"",
        "localhost", "LocalHost", "example.com", "10.0.0.7", "0x7f", "::1", "fe80::", "%eth0", "[", "]",
        "[::1]", ":", ":", "/", "//", "///", "@", ".", "-", "80", "0",
        "65536", "a", "ü",
        "٣", "。", "\ud83d", "\ud83d\ude00", "\u202e", "(unnamed)", "~", "?", "#", " ", "\0", "\n", "\u001b[31m",
    ];

    private static readonly Gen<int> Ports = Gen.Choose(0, IPEndPoint.MaxPort);

    private static readonly Gen<string> Names = Strings("abcXYZ019-_", 1, 10)
        .Where(label => label[0] != '-' && label[^1] != '-')
        .NonEmptyListOf()
        .Select(labels => string.Join('.', labels.Take(4)) + ".test");

    private static readonly Gen<string> IPv4 = Gen.Choose(0, 255).ArrayOf(4).Select(bytes => string.Join('.', bytes));

    private static readonly Gen<string> IPv6 = Gen
        .Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 255)))
        .ArrayOf(16)
        .Zip(Gen.Elements("", "", "%eth0", "%Ethernet-2.100", "%7", "%0"))
        .Select(drawn => new IPAddress([.. drawn.Item1.Select(value => (byte)value)]) + drawn.Item2);

    public static Gen<Endpoint> Endpoints { get; } = Gen.OneOf(
        Gen.OneOf(Names, IPv4, IPv6).Zip(Ports).Select(Endpoint (drawn) => new TcpEndpoint(drawn.Item1, drawn.Item2)),
        Strings("/.@ab ü日()[]:%", 1, 30)
            .Where(path => path.Trim() == path && path[0] != '@')
            .Select(Endpoint (path) => new UnixEndpoint(path)),
        Strings("/.@ab ü日()[]:%", 1, 30)
            .Where(name => name.Trim() == name && !name.StartsWith("//", StringComparison.Ordinal))
            .Select(Endpoint (name) => new MemoryEndpoint(name)),
        Gen.OneOf(Names, IPv4, IPv6).Zip(Ports).Select(Endpoint (drawn) => new UdpEndpoint(drawn.Item1, drawn.Item2)),
        Strings(".@ab ü日()[]:%", 1, 12)
            .Where(name => name.Trim() == name && name is not ("." or ".."))
            .Select(Endpoint (name) => new PipeEndpoint(name)),
        Strings("-/ab ü日()[]:%\"", 1, 30).ListOf()
            .Select(Endpoint (words) => ExecEndpoint.From("/bin/a", words)),
        Gen.Choose(0, 1000).Select(Endpoint (number) => new DescriptorEndpoint(number)),
        Gen.Constant<Endpoint>(new StandardEndpoint()),
        Gen.Constant<Endpoint>(UnixEndpoint.Unnamed));

    public static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.Elements(Fragments).ListOf().Select(string.Concat),
        Gen.Choose(0, char.MaxValue).ListOf().Select(units => string.Concat(units.Select(unit => (char)unit))),
        Endpoints.Zip(Gen.Elements(Fragments)).SelectMany(drawn => Spoiled(drawn.Item1.ToString(), drawn.Item2)));

    private static Gen<string> Spoiled(string text, string fragment) =>
        Gen.Choose(0, text.Length).Select(at => text.Insert(at, fragment));

    private static Gen<string> Strings(string characters, int minLength, int maxLength) =>
        Gen.Choose(minLength, maxLength)
            .SelectMany(length => Gen.Elements(characters.ToCharArray()).ArrayOf(length))
            .Select(drawn => new string(drawn));
}
