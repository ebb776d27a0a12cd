namespace Switchboard.Board.Viewing;

/// <summary>Which connections come first.</summary>
internal enum ViewOrder
{
    /// <summary>Those that began last.</summary>
    Newest,

    /// <summary>Those that began first.</summary>
    Oldest,

    /// <summary>Those on which most bytes move.</summary>
    Rate,

    /// <summary>Those on which most bytes have moved.</summary>
    Bytes,

    /// <summary>Those in which most bytes wait.</summary>
    Queued,

    /// <summary>Those whose peers take longest.</summary>
    RoundTrip,

    /// <summary>Those on which most was sent again.</summary>
    Retransmits,
}
