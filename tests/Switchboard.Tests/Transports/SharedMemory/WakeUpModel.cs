namespace Switchboard.Tests.Transports.SharedMemory;

/// <summary>
/// The waking of a ring as single steps over a memory in which each end's stores wait in a buffer before the other sees
/// them, as those of x64 do. Every order of steps is tried, and the sender may be killed between any two.
/// </summary>
/// <param name="messages">How many the sender writes.</param>
/// <param name="hasFences">Whether the ends wait for their stores before they look, as the real ones do.</param>
internal sealed class WakeUpModel(int messages, bool hasFences)
{
    private readonly HashSet<State> _seen = [];
    private readonly Stack<State> _open = new();

    private enum Sending
    {
        Write, Fence, LookForSleeper, TakeSleep, Ring, Gone,
    }

    private enum Receiving
    {
        Look, Expect, SaySleeping, Fence, LookAgain, Sleep, SayAwake, Ended,
    }

    private enum Place
    {
        None, Written, Finished, Sleeps,
    }

    /// <summary>Tries everything, and returns how many states there are.</summary>
    /// <exception cref="InvalidOperationException">Something is broken; the state is in the message.</exception>
    public int TryAll()
    {
        Reach(default);
        while (_open.TryPop(out var state))
        {
            ThrowIfForgotten(state);
            SenderMoves(state);
            ReceiverMoves(state);
            StoresArrive(state);
        }

        return _seen.Count;
    }

    // Between two messages the sender may do nothing for as long as it likes.
    private static void ThrowIfForgotten(State state)
    {
        var isAtRest = state is { Sender: Sending.Write, Receiver: Receiving.Sleep, Bells: 0 }
            && state.SenderStore1.Place == Place.None && state.ReceiverStore.Place == Place.None;
        if (isAtRest && (state.Written > state.Taken || state.Finished != 0))
        {
            throw new InvalidOperationException($"The receiver sleeps for ever: {state}");
        }
    }

    private void SenderMoves(State state)
    {
        if (state.Sender == Sending.Gone)
        {
            return;
        }

        // Killed: its stores arrive, and the kernel ends its socket.
        Reach(Gone(state));
        switch (state.Sender)
        {
            case Sending.Write when state.Stored <= messages:
                SenderStores(
                    state with { Stored = state.Stored + 1, Sender = Sending.Fence },
                    state.Stored < messages ? (Place.Written, state.Stored + 1) : (Place.Finished, 1));
                break;
            case Sending.Fence when !hasFences || IsSenderDrained(state):
                Reach(state with { Sender = Sending.LookForSleeper });
                break;
            case Sending.LookForSleeper:
                Reach(state with { Sender = state.Sleeps != 0 ? Sending.TakeSleep : Sending.Write });
                break;

            // An exchange waits for the stores before it, fence or not.
            case Sending.TakeSleep when IsSenderDrained(state):
                Reach(state with { Sleeps = 0, Sender = state.Sleeps != 0 ? Sending.Ring : Sending.Write });
                break;
            case Sending.Ring when state.Rung < state.Expected:
                Reach(state with { Bells = state.Bells + 1, Rung = state.Rung + 1, Sender = Sending.Write });
                break;
            case Sending.Ring:
                throw new InvalidOperationException($"It rings without having been asked to: {state}");
        }
    }

    private static State Gone(State state) => Apply(Apply(state, state.SenderStore1), state.SenderStore2) with
    {
        Sender = Sending.Gone,
        SenderStore1 = default,
        SenderStore2 = default,
    };

    private void ReceiverMoves(State state)
    {
        switch (state.Receiver)
        {
            case Receiving.Look or Receiving.LookAgain:
                Reach(Look(state));
                break;
            case Receiving.Expect:
                Reach(state with { Expected = state.Expected + 1, Receiver = Receiving.SaySleeping });
                break;
            case Receiving.SaySleeping when IsReceiverDrained(state):
                Reach(state with { Receiver = Receiving.Fence, ReceiverStore = (Place.Sleeps, 1) });
                break;
            case Receiving.SayAwake when IsReceiverDrained(state):
                Reach(state with { Receiver = Receiving.Look, ReceiverStore = (Place.Sleeps, 0) });
                break;
            case Receiving.Fence when !hasFences || IsReceiverDrained(state):
                Reach(state with { Receiver = Receiving.LookAgain });
                break;
            case Receiving.Sleep when state.Bells > 0:
                Reach(state with { Bells = 0, Receiver = Receiving.Look });
                break;
            case Receiving.Sleep when state.Sender == Sending.Gone:
                Reach(state with { KnowsOfEnd = true, Receiver = Receiving.Look });
                break;
        }
    }

    /// <summary>What the real one does in this order: is the peer gone, has it finished, what is there.</summary>
    private State Look(State state)
    {
        if (state.Written > state.Taken)
        {
            return state with { Taken = state.Written, Receiver = Receiving.SayAwake };
        }

        if (state.Finished != 0)
        {
            return state.Taken == messages
                ? state with { Receiver = Receiving.Ended }
                : throw new InvalidOperationException($"An end before all was received: {state}");
        }

        if (state.KnowsOfEnd)
        {
            return state.Taken == Math.Min(state.Stored, messages) && state.Stored <= messages
                ? state with { Receiver = Receiving.Ended }
                : throw new InvalidOperationException($"A reset that lost something: {state}");
        }

        return state with
        {
            Receiver = state.Receiver == Receiving.Look ? Receiving.Expect : Receiving.Sleep,
        };
    }

    /// <summary>The oldest waiting store of either end becomes visible.</summary>
    private void StoresArrive(State state)
    {
        if (!IsSenderDrained(state))
        {
            var after = Apply(state, state.SenderStore1);
            Reach(after with { SenderStore1 = state.SenderStore2, SenderStore2 = default });
        }

        if (!IsReceiverDrained(state))
        {
            Reach(Apply(state, state.ReceiverStore) with { ReceiverStore = default });
        }
    }

    private void SenderStores(State state, (Place Place, int Value) store)
    {
        if (IsSenderDrained(state))
        {
            Reach(state with { SenderStore1 = store });
        }
        else if (state.SenderStore2.Place == Place.None)
        {
            Reach(state with { SenderStore2 = store });
        }
    }

    private static State Apply(State state, (Place Place, int Value) store) => store.Place switch
    {
        Place.Written => state with { Written = store.Value },
        Place.Finished => state with { Finished = store.Value },
        Place.Sleeps => state with { Sleeps = store.Value },
        _ => state,
    };

    private static bool IsSenderDrained(State state) => state.SenderStore1.Place == Place.None;

    private static bool IsReceiverDrained(State state) => state.ReceiverStore.Place == Place.None;

    private void Reach(State state)
    {
        if (_seen.Add(state))
        {
            _open.Push(state);
        }
    }

    private readonly record struct State
    {
        public Sending Sender { get; init; }

        public Receiving Receiver { get; init; }

        public int Stored { get; init; }

        public (Place Place, int Value) SenderStore1 { get; init; }

        public (Place Place, int Value) SenderStore2 { get; init; }

        public (Place Place, int Value) ReceiverStore { get; init; }

        public int Written { get; init; }

        public int Finished { get; init; }

        public int Sleeps { get; init; }

        public int Bells { get; init; }

        public int Taken { get; init; }

        public int Expected { get; init; }

        public int Rung { get; init; }

        public bool KnowsOfEnd { get; init; }
    }
}
