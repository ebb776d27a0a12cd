using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Bank.Web.Visits;

/// <summary>What nobody can guess.</summary>
public static class Chance
{
    private const int KeyBytes = 24;

    /// <summary>A key by which money moves once, however often it is asked for.</summary>
    public static string Key() => Text(KeyBytes);

    public static string Text(int bytes) => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(bytes));
}
