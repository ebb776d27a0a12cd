namespace Switchboard.Testing.Tests.Conformance;

/// <summary>Transports that listen or connect wrongly.</summary>
internal static class BrokenListeners
{
    public static IEnumerable<Breakage> All =>
    [
        new(
            "listens somewhere else when the name is in use",
            new BrokenTransport { OnInUse = _ => "memory:somewhere-else" },
            "A second listener at the same endpoint is refused, and the first goes on"),
        new(
            "goes on listening when it is closed",
            new BrokenTransport { Listeners = listener => new BrokenListener(listener) { OnClose = () => { } } },
            "Connecting where nobody listens is refused",
            "Disposing a listener ends the accept that waits",
            "An endpoint is free again once its listener is disposed",
            "Peers that were never accepted find out when the listener is disposed"),
        new(
            "goes on with an accept that was cancelled",
            new BrokenTransport
            {
                Listeners = listener => new BrokenListener(listener)
                {
                    OnAccept = async token =>
                        await listener.AcceptAsync(CancellationToken.None).AsTask().WaitAsync(token),
                },
            },
            "A cancelled accept loses nobody"),
        new(
            "does not obey the token of an accept",
            new BrokenTransport
            {
                Listeners = listener => new BrokenListener(listener)
                {
                    OnAccept = _ => listener.AcceptAsync(CancellationToken.None),
                },
            },
            "A cancelled accept loses nobody"),
        new(
            "does not obey the token of a connect",
            new BrokenTransport { ConnectToken = _ => CancellationToken.None },
            "A connect that is cancelled before it starts makes no connection",
            "A connect that waits for a full backlog can be cancelled"),
    ];
}
