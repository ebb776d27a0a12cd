namespace Switchboard;

public sealed partial class Connection
{
    /// <summary>The wire, for whoever put one of its own kind there.</summary>
    internal Wire Wire => _wire;

    /// <summary>
    /// Gives the socket underneath away, to another process: from here nothing is received or sent any more, and
    /// closing says nothing to the peer.
    /// </summary>
    /// <returns>
    /// Its descriptor, owned by the caller. Null, and nothing was done, where there is none, or where it would not be
    /// the whole connection: bytes were received and not used, the peer has finished, or something runs.
    /// </returns>
    /// <exception cref="System.Net.Sockets.SocketException">No descriptor is left; nothing was done.</exception>
    internal int? TakeDescriptor()
    {
        if (!_receiving.TryTake())
        {
            return null;
        }

        try
        {
            return _unread is { Length: > 0 } || _peerFinished || _sendingCompleted ? null : TakeWhileNoneSends();
        }
        finally
        {
            _receiving.Release();
        }
    }

    private int? TakeWhileNoneSends()
    {
        if (!_sending.TryTake())
        {
            return null;
        }

        try
        {
            var descriptor = _wire.TakeDescriptor();
            if (descriptor is not null)
            {
                // Whatever else would have to be waited for is the other process's to wait for.
                _peerFinished = true;
                _sendingCompleted = true;
            }

            return descriptor;
        }
        finally
        {
            _sending.Release();
        }
    }
}
