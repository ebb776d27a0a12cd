using System.CommandLine;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Tls;

/// <summary>The options that say who this end is.</summary>
/// <param name="names">How they begin.</param>
internal sealed class CertificateOptions(OptionNames names)
{
    private readonly Option<string?> _certificate = File(
        names.Of("cert"), names.About("This end's certificate, a PEM file; intermediate ones behind it"));

    private readonly Option<string?> _key = File(
        names.Of("key"), names.About($"Its key, a PEM file (default: in the file of {names.Of("cert")})"));

    private readonly Option<string?> _pfx = File(
        names.Of("pfx"), names.About("Certificate and key in one PFX file"));

    private readonly Option<string?> _password = File(
        names.Of("password-file"), names.About("What opens it: the first line of this file"));

    public IEnumerable<Option> All => [_certificate, _key, _pfx, _password];

    public IEnumerable<JoinedRow> Joined =>
    [
        new(names.About("This end's certificate, intermediate ones behind it, and its key: PEM files"),
            _certificate, _key),
        new(names.About("Both in one PFX file, and the file whose first line opens it"), _pfx, _password),
    ];

    public OwnCertificate Read(ParseResult parsed) => new()
    {
        Names = names,
        CertificateFile = parsed.GetValue(_certificate),
        KeyFile = parsed.GetValue(_key),
        PfxFile = parsed.GetValue(_pfx),
        PasswordFile = parsed.GetValue(_password),
    };

    public static Option<string?> File(string name, string description) =>
        TextOption.Create(name, "FILE", description, text => text);
}
