using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>Does what a test says at the points where the engine lets faults in.</summary>
internal sealed class ScriptedFaults : IFaults
{
    /// <summary>The error number of the next call; 0 to make the call.</summary>
    public Func<Operation, int> Failing { get; set; } = static _ => 0;

    /// <summary>The most bytes that the next call gets or takes.</summary>
    public int MaxBytes { get; set; } = int.MaxValue;

    public Action<Operation> Parking { get; set; } = static _ => { };

    public Action<IPolled?> Delivering { get; set; } = static _ => { };

    public bool TryFailReceive(Operation asker, ref int length, out int errno) => TryFail(asker, ref length, out errno);

    public bool TryFailSend(Operation asker, ref int length, out int errno) => TryFail(asker, ref length, out errno);

    public bool TryFailAccept(Operation asker, out int errno)
    {
        errno = Failing(asker);
        return errno != 0;
    }

    public void BeforeParking(Operation operation) => Parking(operation);

    public void BeforeDelivery(IPolled? source) => Delivering(source);

    private bool TryFail(Operation asker, ref int length, out int errno)
    {
        length = Math.Min(length, MaxBytes);
        errno = Failing(asker);
        return errno != 0;
    }
}
