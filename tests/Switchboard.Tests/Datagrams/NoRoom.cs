using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Datagrams;

/// <summary>A kernel that has no room for what is sent, until it is given some.</summary>
internal sealed class NoRoom : IFaults
{
    private volatile Operation? _asker;

    public bool HasRoom { get; set; }

    /// <summary>Tells whoever waits that there is room.</summary>
    public void MakeRoom()
    {
        HasRoom = true;
        _asker!.Source.Loop.Post(_asker, _asker.Source);
    }

    public bool TryFailReceive(Operation asker, ref int length, out int errno)
    {
        errno = 0;
        return false;
    }

    public bool TryFailSend(Operation asker, ref int length, out int errno)
    {
        _asker = asker;
        errno = HasRoom ? 0 : Errno.Again;
        return !HasRoom;
    }

    public bool TryFailAccept(Operation asker, out int errno)
    {
        errno = 0;
        return false;
    }

    public void BeforeParking(Operation operation)
    {
    }

    public void BeforeDelivery(IPolled? source)
    {
    }
}
