using System.CommandLine;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Options;

/// <summary><c>--framing</c> and <c>--max-frame</c>, which belong together.</summary>
internal sealed class FramingOption
{
    public Option<Func<int, Framing>?> Framing { get; } = TextOption.Create(
        "--framing", "FRAMING", "How frames are found: lines, fixed:N, length:N, delimited:X, until-close",
        FramingText.Parse, "lines", "fixed:", "length:", "delimited:", "until-close");

    public Option<int?> MaxFrame { get; } = TextOption.Create<int?>(
        "--max-frame", "BYTES", "The most bytes of a frame, such as 64K (default 1M)", text => SizeText.Parse(text));

    public IEnumerable<Option> All => [Framing, MaxFrame];

    public JoinedRow Joined => new(
        "Frames: lines, fixed:N, length:N, delimited:X, until-close; each at most 1M",
        Framing, MaxFrame);

    /// <summary>The framing that was asked for; null when none was.</summary>
    /// <exception cref="FailureException">The two do not fit each other.</exception>
    public Framing? Read(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(Framing)?.Invoke(parsed.GetValue(MaxFrame) ?? FramingText.DefaultMaxFrameBytes);
        }
        catch (FormatException error)
        {
            throw new FailureException(
                new Failure(ExitCode.Usage, error.Message, Next: "Allow more with --max-frame."), error);
        }
    }
}
