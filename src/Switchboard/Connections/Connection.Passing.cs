using System.Runtime.CompilerServices;
using Switchboard.Connections;

namespace Switchboard;

public sealed partial class Connection
{
    /// <summary>What bytes of this connection can pass through to another; null where they have to be copied.</summary>
    internal KernelBuffer? RentKernelBuffer(Connection target) =>
        _unread is { Length: > 0 } || IsObserved || target.IsObserved ? null : _wire.RentKernelBuffer(target._wire);

    /// <summary>Receives some bytes into an empty buffer that was rented here.</summary>
    /// <inheritdoc cref="ReceiveAsync"/>
    internal ValueTask<int> ReceiveIntoAsync(KernelBuffer buffer)
    {
        TakeReceiveTurn();
        if (_peerFinished)
        {
            _receiving.Release();
            return new(0);
        }

        return ReceiveFromWire(default, buffer, CancellationToken.None);
    }

    /// <summary>Sends all the bytes of a buffer that was rented for this target.</summary>
    /// <inheritdoc cref="SendAsync"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask SendFromAsync(KernelBuffer buffer)
    {
        TakeSendTurn();
        _awaitsRoom = true;
        try
        {
            ThrowBroken();
            while (buffer.Length > 0)
            {
                CountSent(await _wire.SendFromAsync(buffer).ConfigureAwait(false));
            }
        }
        catch (Exception error)
        {
            throw SendMeaning(error, CancellationToken.None);
        }
        finally
        {
            _awaitsRoom = false;
            _sending.Release();
        }
    }
}
