using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Running;

/// <summary>The engines of this machine, by the words that people type for them.</summary>
internal sealed record EngineSupply
{
    /// <summary>The environment variable that says which engine is used where nothing else is said.</summary>
    public const string Variable = "SWITCHBOARD_ENGINE";

    /// <summary>The one that is used where nothing is said.</summary>
    public Func<Engine> Default { get; init; } = () => Engine.Default;

    /// <summary>Why that one is not the one that was wanted; null when it is.</summary>
    public Func<string?> Fallback { get; init; } = () => Engine.Fallback;

    public Func<Engine> Epoll { get; init; } = () => Engine.Epoll;

    /// <param name="word"><c>epoll</c> or <c>sockets</c>; null for whatever is best here.</param>
    /// <exception cref="FailureException">It cannot be had here, or the environment names no engine.</exception>
    public Engine Choose(string? word)
    {
        try
        {
            return word switch
            {
                null => Default(),
                "epoll" => Epoll(),
                _ => Engine.Sockets,
            };
        }
        catch (InvalidOperationException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage,
                    $"{Variable} names no engine.",
                    error.Message,
                    "Correct it, or say it with --engine, which comes first."),
                error);
        }
        catch (PlatformNotSupportedException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage,
                    "the epoll engine cannot be had.",
                    error.Message,
                    "Choose the engine sockets, which works everywhere, or none at all."),
                error);
        }
    }

    /// <summary>What there is to tell of whoever chose so: why it is not the engine that was wanted.</summary>
    /// <param name="word">As for <see cref="Choose"/>.</param>
    public string? FallbackOf(string? word) => word is null ? Fallback() : null;
}
