namespace Switchboard.Tests.Engines.Epoll;

/// <summary>The programs of this machine that some tests need.</summary>
internal static class Programs
{
    /// <summary>Skips the test that runs if the program is not installed.</summary>
    public static void Require(string name) =>
        Assert.SkipUnless(IsInstalled(name), $"{name} is not installed.");

    private static bool IsInstalled(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, name)));
}
