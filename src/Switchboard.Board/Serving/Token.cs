using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Board.Serving;

/// <summary>
/// The secret of one board. Whoever opens its address has it; the browser keeps it in a cookie, so that it stands in no
/// address that could be sent on, and other users of this machine do not get in.
/// </summary>
internal sealed class Token
{
    private const int SecretBytes = 16;

    private readonly byte[] _text = Encoding.ASCII.GetBytes(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>As it stands in the address and the cookie.</summary>
    public string Text => Encoding.ASCII.GetString(_text);

    /// <summary>Compares without telling by the time it takes how much was right.</summary>
    public bool IsRight(string? shown) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(_text, Encoding.UTF8.GetBytes(shown));
}
