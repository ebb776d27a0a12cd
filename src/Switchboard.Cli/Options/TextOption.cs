using System.CommandLine;
using System.CommandLine.Parsing;

namespace Switchboard.Cli.Options;

/// <summary>
/// Makes options and arguments whose text is read by our own code, so that a mistake is explained in the user's words
/// and not in those of the runtime.
/// </summary>
internal static class TextOption
{
    /// <param name="name">With its dashes: <c>--max-frame</c>.</param>
    /// <param name="hint">What stands for the value in the help: <c>BYTES</c>.</param>
    /// <param name="description">One line, without a full stop.</param>
    /// <param name="read">Reads the value; a <see cref="FormatException"/> says what is expected.</param>
    /// <param name="offered">What shells complete; others may be possible.</param>
    public static Option<T?> Create<T>(
        string name, string hint, string description, Func<string, T> read, params string[] offered)
    {
        var option = new Option<T?>(name)
        {
            HelpName = hint,
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result => Read(result, name, read),
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(offered);
        return option;
    }

    /// <summary>An option that means something without a value, too.</summary>
    /// <param name="name">With its dashes: <c>--web</c>.</param>
    /// <param name="hint">What stands for the value in the help: <c>[ENDPOINT]</c>.</param>
    /// <param name="description">One line, without a full stop.</param>
    /// <param name="bare">What it means without a value.</param>
    /// <param name="read">Reads the value; a <see cref="FormatException"/> says what is expected.</param>
    public static Option<T?> WithOrWithoutValue<T>(
        string name, string hint, string description, T bare, Func<string, T> read)
    {
        var option = new Option<T?>(name)
        {
            HelpName = hint,
            Description = description,
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? bare : Read(result, name, read),
        };
        option.CompletionSources.Clear();
        return option;
    }

    /// <summary>An option that may be there several times, each time with one value.</summary>
    /// <param name="name">With its dashes: <c>--header</c>.</param>
    /// <param name="hint">What stands for a value in the help.</param>
    /// <param name="description">One line, without a full stop.</param>
    /// <param name="read">Reads one value; a <see cref="FormatException"/> says what is expected.</param>
    public static Option<IReadOnlyList<T>?> Several<T>(
        string name, string hint, string description, Func<string, T> read)
    {
        var option = new Option<IReadOnlyList<T>?>(name)
        {
            HelpName = hint,
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            CustomParser = result => Read<IReadOnlyList<T>>(result, name, _ =>
                [.. result.Tokens.Select(token => read(token.Value))]),
        };
        option.CompletionSources.Clear();
        return option;
    }

    /// <summary>An option that is there or not; it takes no value.</summary>
    public static Option<bool> Flag(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        Arity = ArgumentArity.Zero,
    };

    /// <summary>A positional argument.</summary>
    /// <param name="name">In capitals: <c>ENDPOINT</c>.</param>
    /// <param name="description">One line, without a full stop.</param>
    /// <param name="arity">Exactly one, or zero or one.</param>
    /// <param name="read">As for options.</param>
    /// <param name="offered">What shells complete.</param>
    public static Argument<T?> Positional<T>(
        string name, string description, ArgumentArity arity, Func<string, T> read, params string[] offered)
    {
        var argument = new Argument<T?>(name)
        {
            HelpName = name,
            Description = description,
            Arity = arity,
            CustomParser = result => Read(result, name, read),
        };
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add(offered);
        return argument;
    }

    private static T? Read<T>(ArgumentResult result, string name, Func<string, T> read)
    {
        var text = result.Tokens[^1].Value;
        try
        {
            return read(text);
        }
        catch (FormatException error)
        {
            result.AddError($"{name}: {error.Message}");
            return default;
        }
    }
}
