namespace Switchboard.Cli.Serving;

/// <summary>What servers of datagrams have done.</summary>
/// <param name="Received">Datagrams that came.</param>
/// <param name="Answered">Answers that were sent.</param>
/// <param name="Failed">Answers that the operating system did not take.</param>
internal sealed record DatagramTotals(long Received, long Answered, long Failed);
