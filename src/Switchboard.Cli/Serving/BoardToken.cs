using System.Security.Cryptography;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Serving;

/// <summary>
/// The secret that opens this user's boards, kept in a file that nobody else may read: a page that is open still gets
/// in when the command was started anew.
/// </summary>
internal static class BoardToken
{
    private const int SecretBytes = 16;
    private const string FileName = "board-token";

    /// <returns>Null where it cannot be kept, and a board makes one for itself.</returns>
    public static string? Find(Surroundings surroundings)
    {
        if (FolderIn(surroundings) is not { } folder)
        {
            return null;
        }

        try
        {
            return Read(Path.Combine(folder, FileName)) ?? Make(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? FolderIn(Surroundings surroundings) =>
        surroundings.Variable(OperatingSystem.IsWindows() ? "LOCALAPPDATA" : "XDG_STATE_HOME") is { Length: > 0 } state
            ? Path.Combine(state, "switchboard")
            : surroundings.Variable("HOME") is { Length: > 0 } home
                ? Path.Combine(home, ".local", "state", "switchboard")
                : null;

    private static string? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // Whoever else could read it could come in.
        var isPrivate = OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0;
        var text = isPrivate ? File.ReadAllText(path).Trim() : "";
        return text.Length == 2 * SecretBytes && text.All(char.IsAsciiHexDigitLower) ? text : null;
    }

    private static string Make(string folder)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var path = Path.Combine(folder, FileName);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(path);
        using var file = new StreamWriter(path, options);
        file.Write(token);
        return token;
    }
}
