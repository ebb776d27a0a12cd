namespace Switchboard.Chat;

/// <summary>How something was said.</summary>
public enum ChatSaidKind
{
    /// <summary>By a person, or for one.</summary>
    Message,

    /// <summary>By a program. Programs never answer one, or two of them would go on for ever.</summary>
    Notice,

    /// <summary>As what somebody does: <c>/me waves</c>.</summary>
    Action,

    /// <summary>A program asks a program (CTCP), such as for its version. Nothing here answers.</summary>
    Request,
}
