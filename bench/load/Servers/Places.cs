namespace Switchboard.Bench.Load.Servers;

/// <summary>Where things are in this repository.</summary>
internal static class Places
{
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: what this program was built as, so are the servers that were built with it.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Release";

    public static string Sources => Path.Combine(Root, "bench", "servers");

    public static string Results => Path.Combine(Root, "bench", "results");

    /// <summary>What is built here is of no interest to anyone else.</summary>
    public static string Built => Path.Combine(Root, "artifacts", "bench");

    /// <summary>The assembly that a project of this repository builds.</summary>
    public static string Assembly(string folder, string name) =>
        Path.Combine(Root, folder, "bin", Configuration, "net10.0", name + ".dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Switchboard.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("This program runs in its repository: no Switchboard.slnx above.");
    }
}
