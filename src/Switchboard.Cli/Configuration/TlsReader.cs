using Switchboard.Cli.Failures;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Configuration;

/// <summary>Reads the members of an entry that ask for TLS.</summary>
internal static class TlsReader
{
    private static readonly string[] OnlyWithTls =
        [Keys.Cert, Keys.Key, Keys.Pfx, Keys.PasswordFile, Keys.SelfSigned, Keys.ClientCa, Keys.Alpn];

    /// <summary>How to speak TLS; null for no TLS.</summary>
    /// <exception cref="ConfigurationException">A value cannot be meant.</exception>
    public static ListenTls? Read(Entry entry, Endpoint listen)
    {
        if (listen is not TlsEndpoint && !IsTrue(entry, Keys.Tls))
        {
            return OnlyWithTls.FirstOrDefault(entry.Members.ContainsKey) is { } useless
                ? throw new ConfigurationException(
                    entry.Members[useless].Place, $"\"{useless}\" does nothing without TLS.", "\"tls\": true, too")
                : null;
        }

        var own = new OwnCertificate
        {
            CertificateFile = Text(entry, Keys.Cert),
            KeyFile = Text(entry, Keys.Key),
            PfxFile = Text(entry, Keys.Pfx),
            PasswordFile = Text(entry, Keys.PasswordFile),
            IsSelfSigned = IsTrue(entry, Keys.SelfSigned),
        };
        RefuseUnclear(entry, own);
        return new ListenTls(
            own, Text(entry, Keys.ClientCa), PlanReader.Value(entry, Keys.Alpn, AlpnText.Parse) ?? []);
    }

    private static void RefuseUnclear(Entry entry, OwnCertificate own)
    {
        if (!own.IsGiven)
        {
            throw new ConfigurationException(
                entry.Place, "TLS needs a certificate.", "\"cert\" and \"key\", \"pfx\", or \"selfSigned\": true");
        }

        try
        {
            own.ThrowIfUnclear();
        }
        catch (FailureException error)
        {
            throw new ConfigurationException(
                entry.Place, error.Failure.What.Replace("--", "", StringComparison.Ordinal));
        }
    }

    private static string? Text(Entry entry, string key) => PlanReader.Value(entry, key, text => text);

    private static bool IsTrue(Entry entry, string key) => Text(entry, key) == "true";
}
