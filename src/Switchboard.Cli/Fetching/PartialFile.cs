using System.Security.Cryptography;
using System.Text;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Fetching;

/// <summary>
/// A file on its way: it grows under the name <c>FILE.part</c>, for this user only, and gets its own name when all of
/// it is here. <c>FILE.part.from</c> says what it is a part of, so that another run can go on.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _target;
    private readonly string _notePath;
    private readonly string _source;
    private readonly FileStream _part;
    private bool _done;

    private PartialFile(string target, Uri url, FileStream part, string? validator)
    {
        _target = target;
        _notePath = NoteOf(target);
        _source = SourceOf(url);
        _part = part;
        Validator = validator;
    }

    /// <summary>By what the rest can be asked for; null if the server gave nothing to know the file by.</summary>
    public string? Validator { get; private set; }

    public long Length => _part.Length;

    /// <summary>From where on to ask; null for the beginning.</summary>
    public ResumePoint? ResumePoint => Validator is not null && Length > 0 ? new(Length, Validator) : null;

    /// <summary>Whether an earlier run has left something of this file.</summary>
    public static bool IsBegun(string target) => File.Exists(PartOf(target));

    /// <summary>Opens what an earlier run left of the same URL, or a new file.</summary>
    /// <exception cref="FailureException">Another run has it, or the folder does not take it.</exception>
    public static PartialFile Open(string target, Uri url, bool continues)
    {
        try
        {
            var validator = continues ? ReadNote(target, url) : null;
            var path = PartOf(target);
            if (validator is not null)
            {
                return new(target, url, OpenFile(path, FileMode.Open), validator);
            }

            // Opened first if it is there: another run may be at work on it.
            if (File.Exists(path))
            {
                OpenFile(path, FileMode.Open).Dispose();
            }

            File.Delete(path);
            return new(target, url, OpenFile(path, FileMode.CreateNew), validator: null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(ExitCode.Usage, $"{target} cannot be written.", error.Message, "Check the name."), error);
        }
    }

    /// <summary>Forgets what is there and begins with a file known by this.</summary>
    public async Task RestartAsync(string? validator)
    {
        _part.SetLength(0);
        Validator = validator;
        File.Delete(_notePath);
        if (validator is not null)
        {
            await File.WriteAllTextAsync(_notePath, $"{_source}\n{validator}\n");
        }
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> piece) => _part.WriteAsync(piece);

    public void SeekEnd() => _part.Seek(0, SeekOrigin.End);

    /// <summary>All of it is here: it gets its name, and takes the place of a file that has it.</summary>
    public async Task CompleteAsync()
    {
#pragma warning disable CA1849 // To the disk itself there is no other way.
        _part.Flush(flushToDisk: true);
#pragma warning restore CA1849
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_part.SafeFileHandle, ModeOfTarget());
        }

        await _part.DisposeAsync();
        File.Move(_part.Name, _target, overwrite: true);
        File.Delete(_notePath);
        _done = true;
    }

    /// <summary>Keeps what came, if another run can go on with it.</summary>
    public async ValueTask DisposeAsync()
    {
        var isOfUse = !_done && ResumePoint is not null;
        await _part.DisposeAsync();
        if (!_done && !isOfUse)
        {
            File.Delete(_part.Name);
            File.Delete(_notePath);
        }
    }

    private static string PartOf(string target) => target + ".part";

    private static string NoteOf(string target) => target + ".part.from";

    // The URL may have secrets in it.
    private static string SourceOf(Uri url) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(url.AbsoluteUri)));

    private static string? ReadNote(string target, Uri url)
    {
        const int MaxNoteBytes = 4096;
        var note = new FileInfo(NoteOf(target));
        var part = new FileInfo(PartOf(target));

        // A link could lead to anything.
        return note is { Exists: true, Length: <= MaxNoteBytes, LinkTarget: null }
            && part is { Exists: true, LinkTarget: null }
            && File.ReadAllLines(note.FullName) is [var source, { Length: > 0 } validator]
            && source == SourceOf(url)
            ? validator
            : null;
    }

    private static FileStream OpenFile(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows() && mode == FileMode.CreateNew)
        {
            options.UnixCreateMode = Private;
        }

        return new FileStream(path, options);
    }

    /// <summary>As the file had it, or as this user's new files have it.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private UnixFileMode ModeOfTarget()
    {
        if (File.Exists(_target))
        {
            return File.GetUnixFileMode(_target);
        }

        File.Delete(_notePath);
        using (File.Create(_notePath))
        {
            return File.GetUnixFileMode(_notePath);
        }
    }
}
