using System.Net.Security;

namespace Switchboard.Transports.Tls;

/// <summary>Reads a certificate again when the files that it comes from have changed.</summary>
internal sealed class CertificateSource
{
    private readonly IReadOnlyList<string> _files;
    private readonly Func<SslStreamCertificateContext> _load;
    private readonly Action<Exception>? _failed;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _current;
    private FileStamp[] _stamps;

    public CertificateSource(
        IReadOnlyList<string> files,
        Func<SslStreamCertificateContext> load,
        Action<Exception>? failed)
    {
        _files = files;
        _load = load;
        _failed = failed;
        _stamps = ReadStamps();
        _current = load();
    }

    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                // Before the files are read: what changes meanwhile is seen the next time.
                var stamps = ReadStamps();
                if (!stamps.SequenceEqual(_stamps))
                {
                    _stamps = stamps;
                    Reload();
                }

                return _current;
            }
        }
    }

    private void Reload()
    {
        try
        {
            _current = _load();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _failed?.Invoke(error);
        }
        catch (InvalidDataException error)
        {
            _failed?.Invoke(error);
        }
    }

    private FileStamp[] ReadStamps() => [.. _files.Select(FileStamp.Of)];

    private readonly record struct FileStamp(DateTime Written, long Bytes)
    {
        public static FileStamp Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new(file.LastWriteTimeUtc, file.Length) : default;
        }
    }
}
