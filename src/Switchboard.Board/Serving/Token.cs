using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Board.Serving;

/// <summary>
/// The secret of one board. Whoever opens its address has it; the browser keeps it in a cookie, so that it stands in no
/// address that could be sent on, and other users of this machine do not get in.
/// </summary>
/// <param name="text">As it stands in the address and the cookie; null for a new one.</param>
internal sealed class Token(string? text = null)
{
    private const int SecretBytes = 16;

    private readonly byte[] _bytes = Encoding.ASCII.GetBytes(
        text ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>As it stands in the address and the cookie.</summary>
    public string Text => Encoding.ASCII.GetString(_bytes);

    /// <summary>Compares without telling by the time it takes how much was right.</summary>
    public bool IsRight(string? shown) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(_bytes, Encoding.UTF8.GetBytes(shown));
}
