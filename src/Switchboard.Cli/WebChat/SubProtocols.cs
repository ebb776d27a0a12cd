using System.Net.WebSockets;

namespace Switchboard.Cli.WebChat;

/// <summary>The two ways of putting lines into messages of a WebSocket (IRCv3 WebSocket).</summary>
internal static class SubProtocols
{
    public const string Text = "text.ircv3.net";
    public const string Binary = "binary.ircv3.net";

    /// <summary>The one that the client likes best; null if it knows neither.</summary>
    public static string? Choose(IEnumerable<string> asked) => asked.FirstOrDefault(each => each is Text or Binary);

    /// <summary>The kind of its messages; null where none was agreed on, and both will do.</summary>
    public static WebSocketMessageType? KindOf(string? subProtocol) => subProtocol switch
    {
        Text => WebSocketMessageType.Text,
        Binary => WebSocketMessageType.Binary,
        _ => null,
    };

    public static string NameOf(WebSocketMessageType kind) => kind == WebSocketMessageType.Binary ? Binary : Text;

    public static string WordOf(WebSocketMessageType kind) => kind == WebSocketMessageType.Binary ? "binary" : "text";
}
