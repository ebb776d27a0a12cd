namespace Switchboard.Cli.Output;

/// <summary>How tones look on one stream. Standard output and standard error each have their own.</summary>
internal sealed class Palette
{
    // Legible on a light ground and on a dark one: neither yellow nor blue.
    private static readonly string[] Hues = ["\e[36m", "\e[35m", "\e[32m", "\e[31m"];

    private readonly string _reset;

    private Palette(string reset)
    {
        _reset = reset;
    }

    /// <summary>No colours.</summary>
    public static Palette Plain { get; } = new("");

    /// <summary>The eight colours that every terminal has.</summary>
    public static Palette Ansi { get; } = new("\e[0m");

    /// <summary>Decides for one stream.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="isTerminal">Whether that stream is a terminal.</param>
    /// <param name="variable">Looks an environment variable up.</param>
    public static Palette For(ColorChoice choice, bool isTerminal, Func<string, string?> variable) => choice switch
    {
        ColorChoice.Always => Ansi,
        ColorChoice.Never => Plain,
        _ when !string.IsNullOrEmpty(variable("NO_COLOR")) => Plain,
        _ when variable("FORCE_COLOR") is { Length: > 0 } force && force != "0" => Ansi,
        _ when variable("TERM") == "dumb" => Plain,
        _ => isTerminal ? Ansi : Plain,
    };

    /// <summary>Paints text that is safe already.</summary>
    public string Paint(Tone tone, string text) =>
        _reset.Length == 0 || tone == Tone.Plain ? text : $"{Start(tone)}{text}{_reset}";

    /// <summary>Paints a name so that it can be told from others: the same number, the same colour.</summary>
    /// <param name="number">Any, not negative.</param>
    /// <param name="text">Safe already.</param>
    public string PaintHue(int number, string text) =>
        _reset.Length == 0 ? text : $"{Hues[number % Hues.Length]}{text}{_reset}";

    private static string Start(Tone tone) => tone switch
    {
        Tone.Strong => "\e[1m",
        Tone.Quiet => "\e[2m",
        Tone.Good => "\e[32m",
        Tone.Warning => "\e[33m",
        Tone.Bad => "\e[31m",
        _ => "",
    };
}
