using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Files.Tests;

/// <summary>A place of the test's own, deleted at its end: a folder to send from, and one to receive into.</summary>
internal sealed class TestFolders : IDisposable
{
    public TestFolders()
    {
        Root = Directory.CreateTempSubdirectory("switchboard-files-").FullName;
        Source = Directory.CreateDirectory(Path.Combine(Root, "source")).FullName;
        Target = Directory.CreateDirectory(Path.Combine(Root, "deep/er/target")).FullName;
    }

    /// <summary>Everything that the test may have touched by mistake is below this.</summary>
    public string Root { get; }

    public string Source { get; }

    public string Target { get; }

    public string InTarget(string name) => Path.Combine(Target, name);

    /// <summary>Writes a file to send.</summary>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Writes a file of so many bytes, which the seed decides.</summary>
    public string Write(string name, int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return Write(name, bytes);
    }

    /// <summary>All that is below a folder, files with their digests, as lines that can be compared.</summary>
    public static string Describe(string folder)
    {
        var lines = new StringBuilder();
        var options = new EnumerationOptions { AttributesToSkip = 0 };
        foreach (var each in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", options).OrderBy(
            each => each.FullName, StringComparer.Ordinal))
        {
            lines.Append(each.FullName).Append(' ');
            if (each.LinkTarget is { } target)
            {
                lines.Append("-> ").Append(target).Append('\n');
            }
            else if (each is DirectoryInfo)
            {
                lines.Append('\n').Append(Describe(each.FullName));
            }
            else
            {
                lines.Append(DigestOf(each.FullName)).Append('\n');
            }
        }

        return lines.ToString();
    }

    public static string DigestOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
