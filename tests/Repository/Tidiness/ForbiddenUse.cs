using Microsoft.CodeAnalysis;

namespace Switchboard.Repository.Tidiness;

/// <summary>A member of the framework that code here does without.</summary>
/// <param name="Type">Its type's full name.</param>
/// <param name="Member">Its name; <c>.ctor</c> for a constructor, null for the type as a whole.</param>
/// <param name="Cure">What to write instead.</param>
internal sealed record ForbiddenUse(string Type, string? Member, string Cure)
{
    private const string Clock = "the TimeProvider that was passed in";

    /// <summary>Waiting by the machine's clock: refused in tests too, which move a clock of their own.</summary>
    public static IReadOnlyList<ForbiddenUse> Sleeping { get; } =
    [
        new("System.Threading.Thread", "Sleep", "an awaited condition, or Task.Delay with a TimeProvider"),
        new("System.Threading.Tasks.Task", "Delay", "Task.Delay with a TimeProvider"),
    ];

    /// <summary>The clock, chance and the thread pool: what comes into the library through its door.</summary>
    public static IReadOnlyList<ForbiddenUse> InLibrary { get; } =
    [
        .. Sleeping,
        new("System.DateTime", "Now", Clock),
        new("System.DateTime", "UtcNow", Clock),
        new("System.DateTime", "Today", Clock),
        new("System.DateTimeOffset", "Now", Clock),
        new("System.DateTimeOffset", "UtcNow", Clock),
        new("System.Environment", "TickCount", Clock),
        new("System.Environment", "TickCount64", Clock),
        new("System.Diagnostics.Stopwatch", null, Clock + ", and its GetTimestamp and GetElapsedTime"),
        new("System.Threading.Timer", null, "TimeProvider.CreateTimer"),
        new("System.Timers.Timer", null, "TimeProvider.CreateTimer"),
        new("System.Threading.PeriodicTimer", ".ctor", "the constructor that takes a TimeProvider"),
        new("System.Threading.Tasks.Task", "Run", "an async method that is awaited by whoever owns the work"),
        new("System.Random", "Shared", "the Random that was passed in"),
        new("System.Random", ".ctor", "new Random(seed), so that a run can be repeated"),
        new("System.Guid", "NewGuid", "a counter, or bytes from the Random that was passed in"),
    ];

    /// <summary>The word by which code refers to it.</summary>
    public string Name => Member is null or ".ctor" ? TypeName : Member;

    /// <summary>How a message refers to it.</summary>
    public string Said => Member switch
    {
        null => TypeName,
        ".ctor" => $"This new {TypeName}()",
        _ => $"{TypeName}.{Member}",
    };

    private string TypeName => Type[(Type.LastIndexOf('.') + 1)..];

    public bool Matches(ISymbol symbol) => Member is null
        ? symbol is INamedTypeSymbol && symbol.ToDisplayString() == Type
        : symbol.Name == Member && symbol.ContainingType?.ToDisplayString() == Type && !TakesWhatItNeeds(symbol);

    // A TimeProvider for what waits, a seed for Random: the overload that has one is the cure.
    private static bool TakesWhatItNeeds(ISymbol symbol) =>
        symbol is IMethodSymbol method
        && method.Parameters.Any(parameter => parameter.Type.Name == nameof(TimeProvider) || parameter.Name == "Seed");
}
