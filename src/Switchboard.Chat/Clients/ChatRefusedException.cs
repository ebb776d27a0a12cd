namespace Switchboard.Chat;

/// <summary>The server does not do what was asked: it says no, and the connection as such is well.</summary>
/// <param name="code">The command or number it answered with: <c>474</c>, <c>ERROR</c>, <c>FAIL</c>.</param>
/// <param name="problem">What was asked, and what the server says about it: a stranger's text.</param>
public sealed class ChatRefusedException(string code, string problem) : IOException(problem)
{
    /// <summary>The command or number that the server answered with.</summary>
    public string Code { get; } = code;
}
