namespace Switchboard.Testing.Tests.Conformance;

/// <summary>Transports that take one end for another.</summary>
internal static class BrokenEnds
{
    public static IEnumerable<Breakage> All =>
    [
        new(
            "takes the peer's end for its death",
            wire => new BrokenWire(wire) { OnReceive = (buffer, token) => ReceiveOrDie(wire, buffer, token) },
            "After one end finishes sending, everything still comes the other way",
            "Both ends may finish at the same moment",
            "The stream reads to the end after its own half was finished"),
        new(
            "closes with a reset",
            wire => new BrokenWire(wire) { OnClose = wire.Abort },
            "What was sent can be received long after the sender has closed",
            "Closing ends even if the peer never does",
            "A connection that one end closed first says so"),
        new(
            "shows a reset as an end",
            wire => new BrokenWire(wire) { OnReceive = (buffer, token) => ReceiveOrEnd(wire, buffer, token) },
            "A reset in the middle of a frame is an error, and no part is delivered",
            "What came before a reset can be received, and then the reset",
            "A reset ends the receive that waits",
            "After a cancelled send nothing more is sent, and the peer sees no proper end"),
        new(
            "aborts as if it had finished",
            wire => new BrokenWire(wire) { OnAbort = wire.Close },
            "A reset in the middle of a frame is an error, and no part is delivered",
            "A connection that was aborted says so at both ends"),
        new(
            "does not abort",
            wire => new BrokenWire(wire) { OnAbort = () => { } },
            "A reset ends the receive that waits",
            "Aborting ends the receive and the send that run"),
        new(
            "does not finish sending",
            wire => new BrokenWire(wire) { OnCompleteSending = _ => default },
            "Finishing comes after everything that was sent",
            "All of a connection comes as one frame, wherever its bytes are cut",
            "Length-prefixed frames tell an end in the middle of a frame, after each of its bytes"),
        new(
            "finishes both ways at once",
            wire => new BrokenWire(wire)
            {
                OnCompleteSending = async token =>
                {
                    await wire.CompleteSendingAsync(token);
                    wire.Close();
                },
            },
            "After one end finishes sending, everything still comes the other way"),
        new(
            "has somebody else's address",
            wire => new BrokenWire(wire) { LocalEnd = "memory:somebody-else" },
            "Each end of a connection knows the other's address"),
    ];

    private static async ValueTask<int> ReceiveOrDie(Wire wire, Memory<byte> buffer, CancellationToken token)
    {
        var count = await wire.ReceiveAsync(buffer, token);
        if (count == 0 && !buffer.IsEmpty)
        {
            wire.Abort();
        }

        return count;
    }

    private static async ValueTask<int> ReceiveOrEnd(Wire wire, Memory<byte> buffer, CancellationToken token)
    {
        try
        {
            return await wire.ReceiveAsync(buffer, token);
        }
        catch (ConnectionResetException)
        {
            return 0;
        }
    }
}
