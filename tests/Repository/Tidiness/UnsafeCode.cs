using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Switchboard.Repository.Tidiness;

/// <summary>Code that the runtime does not check is kept to the folders listed here.</summary>
internal static class UnsafeCode
{
    private static readonly string[] Allowed =
    [
        "src/Switchboard/Engines/Epoll",

        // Memory that two processes share has no other name than an address.
        "src/Switchboard/Transports/SharedMemory",

        // What the kernel tells of sockets, .NET has no calls for.
        "src/Switchboard.Board/Kernel",
        "bench/load",
    ];

    // The switch is a project's; the code stays in its folders.
    private static readonly string[] Projects =
    [
        "src/Switchboard/Switchboard.csproj",
        "src/Switchboard.Board/Switchboard.Board.csproj",
    ];

    private static readonly string[] Switches = ["<AllowUnsafeBlocks>", "#:property AllowUnsafeBlocks"];

    private static readonly string Places = "only in " + string.Join(", ", Allowed);

    public static IEnumerable<Violation> Check(SourceFile file)
    {
        if (Projects.Contains(file.Path)
            || Allowed.Any(folder => file.Path.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            return [];
        }

        return file.IsCSharp ? CheckSwitches(file).Concat(CheckCode(file)) : CheckSwitches(file);
    }

    private static IEnumerable<Violation> CheckCode(SourceFile file) =>
        from token in file.SyntaxRoot.DescendantTokens()
        where token.IsKind(SyntaxKind.UnsafeKeyword)
        select Violation.At(token, $"Unsafe code is allowed {Places}. Write it with Span<T> and the base library.");

    private static IEnumerable<Violation> CheckSwitches(SourceFile file) =>
        from line in file.Lines.Index()
        where Switches.Any(one => line.Item.TrimStart().StartsWith(one, StringComparison.OrdinalIgnoreCase))
        select new Violation(file.Path, line.Index + 1, $"Unsafe code is allowed {Places}. Delete the line.");
}
