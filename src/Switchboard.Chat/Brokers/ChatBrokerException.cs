namespace Switchboard.Chat;

/// <summary>A broker is not there, refuses, or went away.</summary>
public sealed class ChatBrokerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether trying again cannot help: a wrong password, a name that is taken by another server.</summary>
    public bool IsRefusal { get; init; }
}
