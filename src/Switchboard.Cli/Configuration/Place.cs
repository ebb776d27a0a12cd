using System.Text;

namespace Switchboard.Cli.Configuration;

/// <summary>A place in a configuration file, as editors count: lines and characters from 1.</summary>
internal readonly record struct Place(int Line, int Column)
{
    /// <summary>The place of a byte of the file.</summary>
    public static Place Of(ReadOnlySpan<byte> file, long position)
    {
        var before = file[..(int)Math.Min(position, file.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new Place(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    public override string ToString() => $"{Line}:{Column}";
}
