using System.Security.Cryptography;
using Switchboard.Files.Tickets;

namespace Switchboard.Files.Protocol;

/// <summary>
/// How a conversation begins: both ends say which version they speak, and prove that they have the same ticket, the
/// sender first. Nothing else is said, made or promised before that.
/// </summary>
/// <param name="secret">The ticket's; null where nothing is protected.</param>
/// <param name="fingerprint">The SHA-256 of the receiver's certificate; empty where nothing is protected.</param>
internal sealed class Greeting(TicketSecret? secret, byte[] fingerprint)
{
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(TicketSecret.NonceBytes);

    /// <summary>The receiver's part.</summary>
    /// <returns>False if the sender did not prove the ticket; it is told nothing.</returns>
    public async ValueTask<bool> ReceiveAsync(Conversation peer, CancellationToken cancellationToken)
    {
        var (version, isProtected, nonce) = ReadHello(peer, await peer.ReceiveAsync(cancellationToken)
            .ConfigureAwait(false));
        await peer.SendAsync(MessageWriter.Hello(Wording.Version, secret is not null, _nonce), cancellationToken)
            .ConfigureAwait(false);
        ThrowIfDifferent(version, isProtected);
        if (secret is null)
        {
            return true;
        }

        var proof = ReadProof(peer, await peer.ReceiveAsync(cancellationToken).ConfigureAwait(false));
        if (!IsProof(proof, Wording.SenderRole, nonce, _nonce))
        {
            return false;
        }

        await peer.SendAsync(
            MessageWriter.Proof(secret.Prove(Wording.ReceiverRole, fingerprint, nonce, _nonce)), cancellationToken)
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>The sender's part.</summary>
    /// <exception cref="TransferException">The receiver has another ticket, or speaks another version.</exception>
    public async ValueTask SendAsync(Conversation peer, CancellationToken cancellationToken)
    {
        await peer.SendAsync(MessageWriter.Hello(Wording.Version, secret is not null, _nonce), cancellationToken)
            .ConfigureAwait(false);
        var (version, isProtected, nonce) = ReadHello(peer, await peer.ReceiveAsync(cancellationToken)
            .ConfigureAwait(false));
        ThrowIfDifferent(version, isProtected);
        if (secret is null)
        {
            return;
        }

        await peer.SendAsync(
            MessageWriter.Proof(secret.Prove(Wording.SenderRole, fingerprint, _nonce, nonce)), cancellationToken)
            .ConfigureAwait(false);
        var proof = await ReceiveProofAsync(peer, cancellationToken).ConfigureAwait(false);
        if (!IsProof(proof, Wording.ReceiverRole, _nonce, nonce))
        {
            throw WrongTicket(null);
        }
    }

    private static (byte Version, bool IsProtected, byte[] Nonce) ReadHello(
        Conversation peer, ReadOnlyMemory<byte> message) => new MessageReader(peer.Connection, message.Span).Hello();

    private static byte[] ReadProof(Conversation peer, ReadOnlyMemory<byte> message) =>
        new MessageReader(peer.Connection, message.Span).Proof();

    private static async ValueTask<byte[]> ReceiveProofAsync(Conversation peer, CancellationToken cancellationToken)
    {
        try
        {
            return ReadProof(peer, await peer.ReceiveAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (ConnectionException error) when (error is not ConnectionTimeoutException and not ProtocolBrokenException)
        {
            throw WrongTicket(error);
        }
    }

    private bool IsProof(
        byte[] proof, ReadOnlySpan<byte> role, ReadOnlySpan<byte> senderNonce, ReadOnlySpan<byte> receiverNonce) =>
        CryptographicOperations.FixedTimeEquals(proof, secret!.Prove(role, fingerprint, senderNonce, receiverNonce));

    private void ThrowIfDifferent(byte version, bool isProtected)
    {
        if (version != Wording.Version)
        {
            throw new TransferException(
                TransferFailure.NoCommonWay,
                $"The peer speaks version {version} of the protocol, and this end version {Wording.Version}.");
        }

        if (isProtected != secret is not null)
        {
            throw new TransferException(
                TransferFailure.NoCommonWay,
                isProtected
                    ? "The peer wants a ticket, and this end has none."
                    : "The peer sends without protection, and this end has a ticket.");
        }
    }

    private static TransferException WrongTicket(Exception? error) => new(
        TransferFailure.WrongTicket,
        "The receiver did not take the ticket: it belongs to another run, or has been used.",
        innerException: error);
}
