using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// How two ends that have met at a socket come to share memory: the client greets, the server makes the memory and
/// answers where it is, the client opens it and says so. From then on bytes on the socket only wake.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Whoever gets the memory owns it.")]
internal static class Handshake
{
    public const string EndedTooSoon = "the server ended the connection before it was made";

    private static readonly byte[] Opened = [1];

    /// <summary>The client's part.</summary>
    /// <exception cref="ConnectionException">It did not work; the socket is to be aborted.</exception>
    public static async ValueTask<SharedRegion> GreetAsync(
        Wire socket,
        SharedMemoryEndpoint target,
        int bufferBytes,
        CancellationToken cancellationToken)
    {
        if (!IsThisUser(socket))
        {
            throw Failed(target, "another user listens there");
        }

        await SendAsync(socket, new Greeting(Greeting.Spoken, bufferBytes).ToBytes(), cancellationToken)
            .ConfigureAwait(false);
        var bytes = new byte[Answer.Length];
        var isWhole = await TryReceiveAsync(socket, bytes, cancellationToken).ConfigureAwait(false);
        var answer = isWhole ? Answer.Read(bytes) : throw Ended(target);
        var region = Open(socket, target, bufferBytes, answer);
        try
        {
            await SendAsync(socket, Opened, cancellationToken).ConfigureAwait(false);
            return region;
        }
        catch
        {
            region.Dispose();
            throw;
        }
    }

    /// <summary>The server's part; null when there is nobody to serve.</summary>
    /// <exception cref="ConnectionException">The client is gone.</exception>
    public static async ValueTask<SharedRegion?> AnswerAsync(
        Wire socket,
        int bufferBytes,
        CancellationToken cancellationToken)
    {
        var bytes = new byte[Greeting.Length];
        if (!await TryReceiveAsync(socket, bytes, cancellationToken).ConfigureAwait(false)
            || Greeting.Read(bytes) is not { } greeting)
        {
            return null;
        }

        if (greeting.Version != Greeting.Spoken)
        {
            return await RefuseAsync(socket, Verdict.OtherVersion, cancellationToken).ConfigureAwait(false);
        }

        if (!IsThisUser(socket))
        {
            return await RefuseAsync(socket, Verdict.OtherUser, cancellationToken).ConfigureAwait(false);
        }

        return SharedMemoryOptions.IsPossible(greeting.BufferBytes)
            ? await ShareAsync(socket, Math.Min(bufferBytes, greeting.BufferBytes), cancellationToken)
                .ConfigureAwait(false)
            : null;
    }

    private static bool IsThisUser(Wire socket) =>
        socket.PeerCredentials is { } peer && (uint)peer.UserId == MemoryCalls.UserId();

    private static async ValueTask<SharedRegion?> RefuseAsync(
        Wire socket,
        Verdict verdict,
        CancellationToken cancellationToken)
    {
        await SendAsync(socket, Answer.No(verdict).ToBytes(), cancellationToken).ConfigureAwait(false);
        return null;
    }

    private static async ValueTask<SharedRegion?> ShareAsync(
        Wire socket,
        int bufferBytes,
        CancellationToken cancellationToken)
    {
        if (TryCreate(bufferBytes) is not { } region)
        {
            return await RefuseAsync(socket, Verdict.NoMemory, cancellationToken).ConfigureAwait(false);
        }

        var isOpened = false;
        try
        {
            var answer = new Answer(Greeting.Spoken, Verdict.Welcome, bufferBytes, region.Descriptor);
            await SendAsync(socket, answer.ToBytes(), cancellationToken).ConfigureAwait(false);
            isOpened = await TryReceiveAsync(socket, new byte[Opened.Length], cancellationToken).ConfigureAwait(false);
            region.CloseFile();
            return isOpened ? region : null;
        }
        finally
        {
            if (!isOpened)
            {
                region.Dispose();
            }
        }
    }

    private static SharedRegion? TryCreate(int bufferBytes)
    {
        try
        {
            return SharedRegion.Create(bufferBytes);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static SharedRegion Open(Wire socket, SharedMemoryEndpoint target, int asked, Answer? answered)
    {
        switch (answered)
        {
            case null:
                throw NotSpoken(target, "what listens there is no server of shared memory");
            case { Verdict: Verdict.OtherUser }:
                throw Failed(target, "it belongs to another user");
            case { Verdict: Verdict.NoMemory }:
                throw Failed(target, "the server can make no memory for another connection");
            case { Version: not Greeting.Spoken } other:
                throw NotSpoken(
                    target,
                    $"the server speaks version {other.Version} of shared memory and this program {Greeting.Spoken}; "
                        + "run both with the same version");
            case { Verdict: Verdict.Welcome } welcome
                when welcome.BufferBytes <= asked && SharedMemoryOptions.IsPossible(welcome.BufferBytes):
                return Open(socket, target, welcome);
            default:
                throw NotSpoken(target, "the server's answer makes no sense");
        }
    }

    private static SharedRegion Open(Wire socket, SharedMemoryEndpoint target, Answer welcome)
    {
        try
        {
            // Whose process it is, the kernel says. A number that it has given to another since leads to no memory
            // that is sealed and of this size.
            var process = socket.PeerCredentials!.ProcessId;
            return SharedRegion.Open(process, welcome.Descriptor, welcome.BufferBytes);
        }
        catch (IOException error)
        {
            throw new ConnectionException(
                "connect", null, target,
                $"the server's memory cannot be had ({error.Message}); both programs must see each other's processes, "
                    + "which those of two containers do not",
                error);
        }
    }

    private static async ValueTask SendAsync(
        Wire socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false)..];
        }
    }

    /// <summary>Fills the buffer; false if the peer ends before.</summary>
    private static async ValueTask<bool> TryReceiveAsync(
        Wire socket, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            var count = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return false;
            }

            buffer = buffer[count..];
        }

        return true;
    }

    private static ConnectionException Failed(SharedMemoryEndpoint target, string problem) =>
        new("connect", null, target, problem);

    private static ProtocolBrokenException NotSpoken(SharedMemoryEndpoint target, string problem) =>
        new("connect", null, target, problem);

    private static ConnectionResetException Ended(SharedMemoryEndpoint target) =>
        new("connect", null, target, EndedTooSoon);
}
