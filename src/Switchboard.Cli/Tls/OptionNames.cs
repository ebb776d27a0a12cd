namespace Switchboard.Cli.Tls;

/// <summary>How options are called where both ends of a verb could have them.</summary>
/// <param name="Prefix">What all of them begin with.</param>
/// <param name="Whom">Whom they are about, in front of their descriptions.</param>
internal sealed record OptionNames(string Prefix, string Whom)
{
    /// <summary>Where there is one end only.</summary>
    public static readonly OptionNames Plain = new("--", "");

    /// <summary>The end that a relay connects to.</summary>
    public static readonly OptionNames Target = new("--to-", "TO: ");

    /// <summary>The name of an option: <c>--pin</c>, <c>--to-pin</c>.</summary>
    public string Of(string word) => Prefix + word;

    /// <summary>What an option does, and to whom.</summary>
    public string About(string description) => Whom + description;
}
