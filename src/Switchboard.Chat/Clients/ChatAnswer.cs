using System.Globalization;

namespace Switchboard.Chat;

/// <summary>Whatever else the server sent: answers to commands, its welcome, its complaints.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Message">As it came.</param>
public sealed record ChatAnswer(DateTimeOffset Time, ChatMessage Message) : ChatEvent(Time)
{
    private const int FirstError = 400;
    private const int LastError = 599;
    private const int SignInFirst = 902;
    private const int SignInLast = 907;
    private const int SignedIn = 903;

    /// <summary>Whether the server says that something cannot be done.</summary>
    public bool IsError => Message.Command is "ERROR" or "FAIL"
        || (int.TryParse(Message.Command, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is (>= FirstError and <= LastError) or (>= SignInFirst and <= SignInLast and not SignedIn));

    /// <summary>What it says to people: the parameters, without the nick that an answer is addressed to.</summary>
    public string Text => string.Join(' ', Message.Parameters.Skip(char.IsAsciiDigit(Message.Command[0]) ? 1 : 0));
}
