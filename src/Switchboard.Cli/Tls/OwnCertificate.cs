using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Tls;

/// <summary>Who this end is: the files of a certificate, or one that is made now.</summary>
internal sealed record OwnCertificate
{
    /// <summary>How the options are called that say so.</summary>
    public OptionNames Names { get; init; } = OptionNames.Plain;

    public string? CertificateFile { get; init; }

    /// <summary>The file of the key; the certificate's if null.</summary>
    public string? KeyFile { get; init; }

    public string? PfxFile { get; init; }

    /// <summary>The file whose first line opens the PFX file.</summary>
    public string? PasswordFile { get; init; }

    public bool IsSelfSigned { get; init; }

    /// <summary>Whether anything was said of a certificate.</summary>
    public bool IsGiven => this != new OwnCertificate { Names = Names };

    /// <summary>Checks that one certificate is meant.</summary>
    /// <exception cref="FailureException">It is none, or several.</exception>
    public void ThrowIfUnclear()
    {
        var ways = (CertificateFile is null ? 0 : 1) + (PfxFile is null ? 0 : 1) + (IsSelfSigned ? 1 : 0);
        if (ways > 1)
        {
            throw Usage($"{Ways} exclude each other.", "Use one of them.");
        }

        if (KeyFile is not null && CertificateFile is null)
        {
            throw Usage(
                $"{Names.Of("key")} is the key of a certificate.",
                $"Name the certificate too: {Names.Of("cert")} FILE");
        }

        if (PasswordFile is not null && PfxFile is null)
        {
            throw Usage(
                $"{Names.Of("password-file")} opens a PFX file.",
                $"Name that file too: {Names.Of("pfx")} FILE");
        }
    }

    /// <param name="folder">Where relative names start.</param>
    /// <param name="time">Tells now, for a certificate that is made.</param>
    /// <param name="reloadFailed">Told when files that have changed cannot be used.</param>
    /// <exception cref="FailureException">The files cannot be used.</exception>
    public TlsCertificate Load(string folder, TimeProvider time, Action<Exception>? reloadFailed)
    {
        try
        {
            return IsSelfSigned ? TlsCertificate.CreateSelfSigned(time: time)
                : PfxFile is not null ? TlsCertificate.FromPfx(In(folder, PfxFile), Password(folder), reloadFailed)
                : TlsCertificate.FromPem(
                    In(folder, CertificateFile!), In(folder, KeyFile ?? CertificateFile!), reloadFailed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage,
                    "the certificate cannot be used.",
                    error.Message,
                    HowToGoOn),
                error);
        }
    }

    // A password that is typed behind an option can be read by every user, in the list of processes.
    private string HowToGoOn =>
        PfxFile is not null && PasswordFile is null
            ? $"If a password opens it, put that into a file: {Names.Of("password-file")} FILE"
        : Names == OptionNames.Plain ? "Check the files; --self-signed makes a certificate for this machine."
        : "Check the files.";

    // Only whoever listens can make a certificate, and only then the names are plain.
    private string Ways => Names == OptionNames.Plain
        ? "--cert, --pfx and --self-signed"
        : $"{Names.Of("cert")} and {Names.Of("pfx")}";

    private string? Password(string folder) =>
        PasswordFile is null ? null : File.ReadLines(In(folder, PasswordFile)).FirstOrDefault();

    private static string In(string folder, string file) => Path.Combine(folder, file);

    private static FailureException Usage(string what, string next) => new(new(ExitCode.Usage, what, Next: next));
}
