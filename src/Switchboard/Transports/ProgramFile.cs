namespace Switchboard.Transports;

/// <summary>Finds programs as a shell does: by their path, or in the folders of PATH and nowhere else.</summary>
internal static class ProgramFile
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Whether it is a path, and not a name to be looked for.</summary>
    public static bool IsPath(string program) =>
        program.Contains(Path.DirectorySeparatorChar) || program.Contains(Path.AltDirectorySeparatorChar);

    /// <summary>The file of a program; null when there is none. On Windows the system looks for it itself.</summary>
    public static string? Find(string program)
    {
        if (OperatingSystem.IsWindows())
        {
            return program;
        }

        return !IsPath(program)
            ? Folders().Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsProgram)
            : File.Exists(program) ? Path.GetFullPath(program) : null;
    }

    // An empty part of PATH means the current folder to a shell; here only a path leads there.
    private static string[] Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsProgram(string file) =>
        !OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & Executable) != 0;
}
