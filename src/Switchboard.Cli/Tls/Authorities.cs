using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Tls;

/// <summary>Files of authorities that are trusted.</summary>
internal static class Authorities
{
    /// <exception cref="FailureException">The file holds none.</exception>
    public static X509Certificate2Collection Load(string folder, string file)
    {
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(Path.Combine(folder, file));
            return all.Count > 0 ? all : throw new CryptographicException("There is no certificate in it.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage,
                    $"{file} cannot be used as a file of authorities.",
                    error.Message,
                    "Name a PEM file of certificates."),
                error);
        }
    }
}
