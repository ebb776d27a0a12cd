using System.Security.Cryptography.X509Certificates;
using Bank.Protocol;
using Switchboard.Testing;

namespace Bank.Tests;

public sealed class BankCertificatesTests
{
    private readonly ManualClock _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public void They_are_made_once_and_anew_before_they_end()
    {
        var folder = Directory.CreateTempSubdirectory("bank-certificates-").FullName;

        BankCertificates.Ensure(folder, _clock);
        var first = Read(folder);
        BankCertificates.Ensure(folder, _clock);
        Assert.Equal(first, Read(folder));
        _clock.Advance(TimeSpan.FromDays(340));
        BankCertificates.Ensure(folder, _clock);

        Assert.Equal(first.Keys, Read(folder).Keys);
        Assert.All(Read(folder), file => Assert.NotEqual(first[file.Key], file.Value));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Those_that_another_machine_has_issued_are_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("bank-certificates-").FullName;
        BankCertificates.Ensure(folder, _clock);
        File.Delete(Path.Combine(folder, "authority-key.pem"));
        File.Delete(Path.Combine(folder, "bank-web.pem"));
        var brought = Read(folder);

        _clock.Advance(TimeSpan.FromDays(340));
        BankCertificates.Ensure(folder, _clock);

        Assert.Equal(brought, Read(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Tiers_that_start_at_once_on_an_empty_folder_trust_each_other()
    {
        var folder = Directory.CreateTempSubdirectory("bank-certificates-").FullName;
        Parallel.For(0, 8, _ => BankCertificates.Ensure(folder, _clock));

        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust } };
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(BankCertificates.LoadRoots(folder));
        foreach (var name in new[] { BankCertificates.Application, BankCertificates.Web })
        {
            var file = Path.Combine(folder, name);
            using var certificate = X509Certificate2.CreateFromPemFile($"{file}.pem", $"{file}-key.pem");
            Assert.True(chain.Build(certificate));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static SortedDictionary<string, string> Read(string folder) =>
        new(Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText));
}
