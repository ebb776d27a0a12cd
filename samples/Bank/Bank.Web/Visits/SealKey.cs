using System.Security.Cryptography;
using Bank.Protocol;

namespace Bank.Web.Visits;

/// <summary>
/// The key of all seals as a file: a form that one web server has shown is understood by every other, and by the one
/// that takes the place of a dead one.
/// </summary>
public static class SealKey
{
    private const int DraftChars = 9;

    /// <exception cref="ArgumentException">It is of another length than such a key.</exception>
    public static byte[] Load(string file)
    {
        var key = File.ReadAllBytes(file);
        return key.Length == Seal.KeyBytes
            ? key
            : throw new ArgumentException($"{file} has {key.Length} bytes and should have {Seal.KeyBytes}.");
    }

    /// <summary>The one that lies in this folder as <c>seal.key</c>; made if it is missing.</summary>
    public static byte[] Ensure(string folder)
    {
        var file = Path.Combine(folder, "seal.key");
        if (!File.Exists(file))
        {
            Make(file);
        }

        return Load(file);
    }

    // Under another name first: of two web servers that start together both get the key of one, and all of it.
    private static void Make(string file)
    {
        var draft = $"{file}.{Chance.Text(DraftChars)}";
        using (var stream = PrivateFile.Open(draft, FileMode.CreateNew))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Seal.KeyBytes));
        }

        try
        {
            File.Move(draft, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
