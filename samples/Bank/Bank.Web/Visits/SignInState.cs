using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Bank.Web.Visits;

/// <summary>
/// What the cookie of a signed-in browser says. Only the token counts, and only the application tier can tell whether
/// it is right; the rest is for this browser's own comfort.
/// </summary>
/// <param name="Token">What the application tier gave.</param>
/// <param name="Name">Whose it is said to be: what was typed is shown again to nobody else.</param>
/// <param name="Idle">How long the token lives without being used.</param>
public sealed record SignInState(string Token, string Name, TimeSpan Idle)
{
    private const int MaxChars = 1024;

    public string ToCookie() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(int)Idle.TotalSeconds}.{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(Name))}.{Token}");

    /// <summary>Null if it is none.</summary>
    public static SignInState? FromCookie(string? cookie)
    {
        if (cookie is not { Length: <= MaxChars }
            || cookie.Split('.', 3) is not [var idle, var name, { Length: > 0 } token])
        {
            return null;
        }

        try
        {
            return int.TryParse(idle, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? new(token, Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(name)), TimeSpan.FromSeconds(seconds))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
