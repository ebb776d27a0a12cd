namespace Switchboard.Cli.Chatting;

/// <summary>What was pressed.</summary>
internal enum KeyKind
{
    /// <summary>Text: a letter.</summary>
    Letter,

    /// <summary>Text that was pasted: it may have line feeds.</summary>
    Paste,

    /// <summary>Ctrl and a letter, which is small.</summary>
    Control,

    /// <summary>Alt and a letter.</summary>
    Alt,
    Enter,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Escape,
}
