using System.CommandLine;
using System.CommandLine.Parsing;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Commands;

/// <summary>Finds what is wrong with a command line, and says it in the words of who typed it.</summary>
internal static class UsageMistakes
{
    /// <summary>The first mistake, or null if there is none.</summary>
    public static Failure? Find(ParseResult parsed)
    {
        if (StrayOption(parsed) is { } stray)
        {
            return UnknownOption(parsed, stray);
        }

        if (parsed.UnmatchedTokens is [var unmatched, ..])
        {
            var isOption = LooksLikeOption(unmatched) && MeantAsWritten(parsed).All(token => token.Value != unmatched);
            return isOption ? UnknownOption(parsed, unmatched) : Unexpected(parsed, unmatched);
        }

        if ((MissingValue(parsed) ?? TooManyValues(parsed)) is { } count)
        {
            return Mistake(parsed, count);
        }

        var error = parsed.Errors.FirstOrDefault(error => !IsMissingVerb(error));
        return error is null ? null : Mistake(parsed, error.Message);
    }

    // Nothing but the command's name is no mistake: it is answered with a few examples.
    private static bool IsMissingVerb(ParseError error) => error.SymbolResult is CommandResult { Command: not Verb };

    /// <summary>
    /// An unknown option in a place where a positional argument may stand is taken for that argument. Behind
    /// <c>--</c> it is what it looks like, and a lone dash is an endpoint.
    /// </summary>
    private static string? StrayOption(ParseResult parsed)
    {
        var meant = MeantAsWritten(parsed).ToHashSet(ReferenceEqualityComparer.Instance);
        return parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => LooksLikeOption(token.Value) && !meant.Contains(token))?.Value;
    }

    private static IEnumerable<Token> MeantAsWritten(ParseResult parsed) =>
        parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash);

    private static bool LooksLikeOption(string text) => text.Length > 1 && text[0] == '-';

    private static Failure UnknownOption(ParseResult parsed, string text)
    {
        var name = text.Split('=', ':')[0];
        var known = OptionsOf(parsed.CommandResult).SelectMany(option => option.Aliases.Append(option.Name)).ToList();

        // A verb with two ends that may speak TLS has two names for what others have one for.
        var ofTheOtherEnd = known.Find(option => option == OptionNames.Target.Of(name.TrimStart('-')));
        return Mistake(parsed, $"there is no option {name}.", ofTheOtherEnd ?? Spelling.Closest(name, known));
    }

    private static IEnumerable<Option> OptionsOf(CommandResult result)
    {
        var inherited = (result.Parent as CommandResult)?.Command.Options.Where(option => option.Recursive) ?? [];
        return result.Command.Options.Concat(inherited).Where(option => !option.Hidden);
    }

    private static Failure Unexpected(ParseResult parsed, string text)
    {
        var verbs = parsed.CommandResult.Command.Subcommands.Select(verb => verb.Name).ToList();
        if (verbs.Contains(text))
        {
            return Mistake(parsed, $"the verb {text} has to stand before --.");
        }

        return verbs.Count > 0
            ? Mistake(parsed, $"there is no verb '{text}'.", Spelling.Closest(text, verbs))
            : Mistake(parsed, $"'{text}' is one argument too many.", WithHostBefore(parsed, text));
    }

    /// <summary>nc and telnet take a port as an argument of its own; here it belongs to the host.</summary>
    private static string? WithHostBefore(ParseResult parsed, string text)
    {
        var before = parsed.Tokens.TakeWhile(token => token.Value != text).LastOrDefault();
        var isHost = before is { Type: TokenType.Argument } && !before.Value.Contains(':', StringComparison.Ordinal);
        return isHost && text.All(char.IsAsciiDigit) ? $"{before!.Value}:{text}" : null;
    }

    private static string? TooManyValues(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>()
        .Where(option => option.Tokens.Count > option.Option.Arity.MaximumNumberOfValues)
        .Select(option => $"{option.Option.Name} is there more than once.")
        .FirstOrDefault();

    private static string? MissingValue(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        foreach (var option in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            if (option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues)
            {
                return $"{option.Option.Name} needs a value: {option.Option.Name} {option.Option.HelpName}";
            }
        }

        foreach (var argument in command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0))
        {
            if (parsed.GetResult(argument) is not { Tokens.Count: > 0 })
            {
                return $"{command.Name} needs {argument.HelpName}.";
            }
        }

        return null;
    }

    private static Failure Mistake(ParseResult parsed, string problem, string? meant = null)
    {
        var lines = problem.Split('\n', 2);
        var verb = parsed.CommandResult.Command is Verb known ? $" {known.Name}" : "";
        var suggestion = meant is null ? "" : $"Did you mean {meant}? ";
        var next = $"{suggestion}See switchboard{verb} --help";
        return new Failure(ExitCode.Usage, lines[0], lines.Length > 1 ? lines[1] : null, next);
    }
}
