namespace Switchboard.Files.Storing;

/// <summary>What an error of the file system means: the one table for it.</summary>
internal static class StorageErrors
{
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether the file system brought it about.</summary>
    public static bool Is(Exception error) => error is UnauthorizedAccessException
        or ArgumentOutOfRangeException { ParamName: "value" }
        or (IOException and not ConnectionException and not TransferException and not FramingException);

    /// <param name="error">What it said.</param>
    /// <param name="name">The file, as it may be shown.</param>
    public static TransferException Explain(Exception error, string name) => error switch
    {
        // Linux says so of files past the limit of a process, and the framework takes it for a wrong argument.
        ArgumentOutOfRangeException or IOException { HResult: LinuxCalls.FileTooBig } => new(
            TransferFailure.DiskFull, $"\"{name}\" is larger than files here may be.", name, error),
        IOException
        {
            HResult: LinuxCalls.NoSpace or LinuxCalls.OverQuota or WindowsDiskFull or WindowsHandleDiskFull
        } => new(TransferFailure.DiskFull, $"The disk is full; \"{name}\" is not whole.", name, error),
        UnauthorizedAccessException => new(
            TransferFailure.Denied, $"\"{name}\" must not be written: {error.Message}", name, error),
        _ => new(TransferFailure.Denied, $"\"{name}\" cannot be written: {error.Message}", name, error),
    };
}
