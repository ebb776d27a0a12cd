using System.Text;

namespace Switchboard.Chat.Clients;

/// <summary>Signs in with a name and a password (RFC 4616), in the pieces that the protocol wants.</summary>
internal static class SaslPlain
{
    private const int PieceLength = 400;

    /// <summary>The messages that answer the server's <c>AUTHENTICATE +</c>.</summary>
    public static IEnumerable<ChatMessage> Answer(string account, string password)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}\0{account}\0{password}"));
        for (var place = 0; place < text.Length; place += PieceLength)
        {
            yield return new ChatMessage("AUTHENTICATE", text[place..Math.Min(place + PieceLength, text.Length)]);
        }

        // A last piece that is full would look as if another one followed.
        if (text.Length % PieceLength == 0)
        {
            yield return new ChatMessage("AUTHENTICATE", "+");
        }
    }
}
