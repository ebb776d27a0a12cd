using System.Text;

namespace Switchboard.Files.Tests.Names;

/// <summary>Names that must never become files, made of what has gone wrong elsewhere.</summary>
internal static class HostileNames
{
    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$",
        .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" }),
        "COM¹", "COM²", "COM³", "LPT¹", "LPT²", "LPT³",
    ];

    private static readonly string[] Climbs =
    [
        "..", "../evil", "../../evil", "a/../evil", "a/../../evil", "a/b/../../../evil", "./evil", "a/./evil", ".",
        "a/.", "a/..", "../", "a//evil", "//evil", "/", "/evil", "/etc/cron.d/evil", "/tmp/switchboard-evil", "a/",
        "..\\evil", "..\\..\\evil", "a\\..\\evil", "\\evil", "\\\\host\\share\\evil", "a/..\\evil", "a\\evil", "\\",
        "C:", "C:evil", "C:\\evil", "C:/evil", "c:/evil", "Z:\\", "\\\\?\\C:\\evil", "\\\\.\\pipe\\evil", "//?/C:/evil",
        "~\\..\\evil", "a/../a/../../evil", ".../../evil", "..../..", "/..", "/../evil", "/proc/self/cwd/evil",
        "/dev/shm/switchboard-evil", "a/b/c/../../../../evil", "./../evil", "././evil", "a/././evil", "..//evil",
    ];

    public static IReadOnlyList<byte[]> All { get; } = [.. Texts().Select(Encoding.UTF8.GetBytes), .. NoText()];

    private static IEnumerable<string> Texts() => Climbs
        .Concat(Devices.SelectMany(WaysToWrite))
        .Concat(Controls())
        .Concat(Ends())
        .Concat(TooLong())
        .Append("");

    private static IEnumerable<string> WaysToWrite(string device) =>
    [
        device, device.ToLowerInvariant(), $"{device}.txt", $"{device} .txt", $"{device}.tar.gz", $"folder/{device}",
        $"{device}/file", $"{device}:stream",
    ];

    private static IEnumerable<string> Controls()
    {
        int[] codes =
        [
            .. Enumerable.Range(0, 0x20), .. Enumerable.Range(0x7F, 0x21), 0x61C, 0x200E, 0x200F, 0x2028, 0x2029,
            .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4), 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0xFFFD,
        ];
        return codes.SelectMany(code => new[] { $"a{new Rune(code)}b", $"folder{new Rune(code)}/file" });
    }

    private static IEnumerable<string> Ends() =>
    [
        "file.", "file ", "file. ", "file..", "file  ", "folder./file", "folder /file", " ", "...", ". .", "a/ /b",
        "a/.../b", ".. ", "../ ", "file.txt.", ".. /evil", ".switchboard-00000000000000000000.part", ".switchboard-",
        ".Switchboard-x.part", "folder/.SWITCHBOARD-x",
    ];

    private static IEnumerable<string> TooLong() =>
    [
        new string('a', 256), new string('é', 128), new string('a', 5000), $"folder/{new string('b', 300)}",
        string.Join('/', Enumerable.Repeat("a", 33)), string.Join('/', Enumerable.Repeat("deep", 1000)),
        string.Join('/', Enumerable.Repeat(new string('c', 250), 9)),
    ];

    // Not UTF-8: overlong slashes and dots, halves of surrogates, bytes that begin nothing or do not end.
    private static IEnumerable<byte[]> NoText() =>
    [
        [0xC0, 0xAF], [0xC0, 0xAE, 0xC0, 0xAE, 0x2F, 0x65], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF],
        [0x61, 0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0x80], [0xBF, 0x61], [0xFF], [0xFE, 0xFF], [0xC3], [0xE2, 0x82],
        [0xF0, 0x9F, 0x98], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x61, 0xC1, 0xBF, 0x62],
    ];
}
