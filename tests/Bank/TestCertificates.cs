using Bank.Protocol;

namespace Bank.Tests;

/// <summary>The bank's certificates and those of a stranger's bank, made once for all tests.</summary>
internal static class TestCertificates
{
    private static readonly Lazy<string> MadeOurs = new(Make);
    private static readonly Lazy<string> MadeStrangers = new(Make);

    public static string Ours => MadeOurs.Value;

    public static string Strangers => MadeStrangers.Value;

    /// <summary>Where a run of several processes keeps its own.</summary>
    public static string In(string folder) => Path.Combine(folder, "certificates");

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("bank-certificates-").FullName;
        BankCertificates.Ensure(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);

        return folder;
    }
}
