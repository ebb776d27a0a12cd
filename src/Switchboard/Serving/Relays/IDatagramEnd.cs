namespace Switchboard.Serving.Relays;

/// <summary>
/// One end of a relay whose pieces are datagrams: a socket, one address of a socket, or a stream with a framing. One
/// receive and one send run at a time, next to each other. What goes wrong with one datagram is no exception here.
/// </summary>
internal interface IDatagramEnd
{
    /// <summary>Who is there.</summary>
    Endpoint Remote { get; }

    /// <summary>Receives the next one, borrowed until the receive after it; null when no more will come.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends one.</summary>
    /// <returns>Why it was not sent; null if it was.</returns>
    ValueTask<Refusal?> SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken);

    /// <summary>The other end has no more: nothing will be sent here after this.</summary>
    ValueTask FinishAsync(CancellationToken cancellationToken);
}
