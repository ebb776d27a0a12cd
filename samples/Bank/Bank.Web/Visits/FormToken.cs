using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Bank.Web.Visits;

/// <summary>
/// Proves that a form comes from a page of this bank, shown to this browser while this customer was signed in. It is
/// made of cookies that no script and no other site can read, so nothing has to be remembered.
/// </summary>
public static class FormToken
{
    public const string FieldName = "proof";

    public static string For(string browser, SignInState? signIn) => WebEncoders.Base64UrlEncode(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{browser}\n{signIn?.Token}"), "form"u8));

    public static bool IsRight(string shown, string browser, SignInState? signIn) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(For(browser, signIn)));
}
