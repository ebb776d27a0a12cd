using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>
/// A program that is started and talked to through its standard input and output: <c>exec:sort -r</c>. No shell is
/// asked, so that nothing but spaces and double quotes means anything.
/// </summary>
/// <param name="Command">
/// The program and its arguments, parted by spaces. Double quotes hold together what has spaces, and two of them in a
/// row within quotes are one: <c>exec:printf "a b"</c>.
/// </param>
/// <exception cref="ArgumentException">There is no program, a quote is not closed, or there are control characters.
/// </exception>
public sealed record ExecEndpoint(string Command) : Endpoint
{
    /// <summary>The program and its arguments, in their canonical spelling.</summary>
    /// <exception cref="ArgumentException">It is not such a command.</exception>
    public string Command { get; init => field = CommandText.Canonical(value); } = CommandText.Canonical(Command);

    /// <summary>The program: a path, or a name to be looked for where the system looks for programs.</summary>
    public string Program => CommandText.Split(Command)[0];

    /// <summary>What the program is given, in order.</summary>
    public IReadOnlyList<string> Arguments => CommandText.Split(Command)[1..];

    /// <inheritdoc/>
    public override string Scheme => "exec";

    private protected override string AfterScheme => Command;

    /// <summary>The endpoint of a program and arguments that may have any spaces and quotes.</summary>
    /// <exception cref="ArgumentException">The program is empty, or there are control characters.</exception>
    public static ExecEndpoint From(string program, params IEnumerable<string> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        return new(CommandText.Join([program, .. arguments]));
    }
}
