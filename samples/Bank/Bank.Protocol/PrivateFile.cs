namespace Bank.Protocol;

/// <summary>A file that nobody else on this machine may read: keys, and what lies beside them.</summary>
public static class PrivateFile
{
    /// <summary>Opens it for writing, as its owner's alone if it is made by that.</summary>
    public static FileStream Open(string file, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }

    /// <summary>Writes a text anew.</summary>
    public static void Write(string file, string text)
    {
        using var writer = new StreamWriter(Open(file, FileMode.Create));
        writer.Write(text);
    }
}
