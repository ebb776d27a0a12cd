using System.Security.Cryptography;

namespace Switchboard.Bench.Load.Generating;

/// <summary>A file to send, of bytes that do not repeat.</summary>
internal sealed class SourceFile
{
    private const int PieceBytes = 1024 * 1024;

    private readonly byte[] _digest;

    public SourceFile(string path, long bytes)
    {
        Path = path;
        Write(path, bytes);
        _digest = DigestOf(path);
    }

    public string Path { get; }

    /// <exception cref="CopyFailedException">It is another one.</exception>
    public void Compare(string copy, string name)
    {
        if (!File.Exists(copy) || !DigestOf(copy).AsSpan().SequenceEqual(_digest))
        {
            throw new CopyFailedException($"{name} did not bring the file as it was.");
        }
    }

    private static void Write(string path, long bytes)
    {
        var piece = new byte[PieceBytes];
        using var file = File.Create(path);
        while (file.Length < bytes)
        {
            RandomNumberGenerator.Fill(piece);
            file.Write(piece.AsSpan(0, (int)Math.Min(PieceBytes, bytes - file.Length)));
        }
    }

    private static byte[] DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }
}
