using System.Text;
using System.Text.Unicode;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>AUTHENTICATE</c>: signs in by SASL, with a password or with the certificate of TLS.</summary>
internal static class AuthenticateCommand
{
    // A full piece says that more follows.
    private const int PieceLength = 400;

    private const int MaxLength = 20 * PieceLength;

    /// <summary>The ways that are open to a client.</summary>
    public static string Mechanisms(Client client) => client.Peer.Certificate is null ? "PLAIN" : "PLAIN,EXTERNAL";

    public static async ValueTask RunAsync(Request request)
    {
        var (client, piece) = (request.Client, request[0]);
        if (client.Account is not null)
        {
            client.Answer(Numerics.SaslAlready);
        }
        else if (piece == "*")
        {
            client.Sasl = null;
            client.Answer(Numerics.SaslAborted);
        }
        else if (client.Sasl is null)
        {
            Begin(client, piece.ToUpperInvariant());
        }
        else if (piece.Length > PieceLength || client.Sasl.Received.Length + piece.Length > MaxLength)
        {
            client.Sasl = null;
            client.Answer(Numerics.SaslTooLong);
        }
        else
        {
            await TakeAsync(request, client.Sasl, piece).ConfigureAwait(false);
        }
    }

    private static void Begin(Client client, string mechanism)
    {
        if (!Mechanisms(client).Split(',').Contains(mechanism))
        {
            client.Answer(Numerics.SaslMechanisms, Mechanisms(client));
            client.Answer(Numerics.SaslFailed);
            return;
        }

        client.Sasl = new SaslExchange(mechanism);
        client.AnswerFromServer("AUTHENTICATE", "+");
    }

    private static async ValueTask TakeAsync(Request request, SaslExchange sasl, string piece)
    {
        sasl.Received.Append(piece == "+" ? "" : piece);
        if (piece.Length == PieceLength)
        {
            return;
        }

        var client = request.Client;
        client.Sasl = null;
        if (await TryFindAsync(request, sasl).ConfigureAwait(false) is { } account)
        {
            SignIn.Complete(request, account);
            client.Answer(Numerics.SaslDone);
            await SignIn.HandOverAsync(request).ConfigureAwait(false);
        }
        else
        {
            client.Answer(Numerics.SaslFailed);
            SignIn.CountFailure(request);
        }
    }

    private static async ValueTask<StoredAccount?> TryFindAsync(Request request, SaslExchange sasl)
    {
        try
        {
            return await FindAsync(request, sasl).ConfigureAwait(false);
        }
        catch (ChatStoreException)
        {
            // Whoever waits for an answer before it goes on gets one; the reason follows.
            request.Client.Answer(Numerics.SaslFailed);
            throw;
        }
    }

    private static async ValueTask<StoredAccount?> FindAsync(Request request, SaslExchange sasl)
    {
        if (!TryDecode(sasl.Received.ToString(), out var text))
        {
            return null;
        }

        var accounts = request.Exchange.Accounts;
        if (sasl.Mechanism == "EXTERNAL")
        {
            return await accounts.SignInByCertificateAsync(request.Client.Peer.Certificate, text, request.Ended)
                .ConfigureAwait(false);
        }

        // Whom to act as, who one is, and the password; nobody acts as another here.
        return text.Split('\0') is [var acts, var own, var password]
            && (acts.Length == 0 || CaseMapping.Same(acts, own))
            ? await accounts.SignInAsync(own, password, request.Ended).ConfigureAwait(false)
            : null;
    }

    private static bool TryDecode(string base64, out string text)
    {
        var bytes = new byte[base64.Length];
        var isBase64 = Convert.TryFromBase64String(base64, bytes, out var count);

        // Strictly: a lenient decoder makes one password of many that are no text.
        var isText = isBase64 && Utf8.IsValid(bytes.AsSpan(0, count));
        text = isText ? Encoding.UTF8.GetString(bytes, 0, count) : "";
        return isText;
    }
}
