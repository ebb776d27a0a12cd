using System.Collections.Concurrent;
using Switchboard.Board.Explaining;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// Says of a real conversation what the lab says of its lessons: what each call has come to, and what the kernel shows.
/// All of it goes to standard error.
/// </summary>
/// <param name="log">Takes the sentences.</param>
internal sealed class Explainer(EventLog log)
{
    private const int Refused = 111;
    private const int TimedOut = 110;
    private const int Reset = 104;

    private readonly ConcurrentDictionary<long, CallCounts> _counts = [];
    private bool _listens;

    /// <summary>Whether frames are told of instead of what each receive brings.</summary>
    public bool HasFraming { get; init; }

    public void Listening()
    {
        _listens = true;
        Say("listen", CallText.Listening);
    }

    public void Connected(Connection connection)
    {
        var isTcp = connection.Local is TcpEndpoint or TlsEndpoint;
        Say(
            _listens ? "accept" : "connect",
            _listens ? CallText.Accepted : isTcp ? CallText.Connected : CallText.ConnectedWithin);
        ShowKernel(connection);
    }

    /// <summary>A connection cannot be had.</summary>
    public void Failed(ConnectionException error)
    {
        if (NumberOf(error) is { } errno)
        {
            Say("connect", CallText.Failed("connect", errno));
        }
    }

    public void Sent(Connection connection, int bytes)
    {
        CountsOf(connection).Sends++;
        Say("send", CallText.Sent(bytes, bytes));
        ShowKernel(connection);
    }

    public void Received(Connection connection, int bytes)
    {
        CountsOf(connection).Receives++;
        Say("recv", HasFraming ? CallText.Framed(bytes) : CallText.Received(bytes, long.MaxValue));
    }

    public void FinishedSending(Connection connection)
    {
        Say("shutdown", CallText.FinishedSending);
        ShowKernel(connection);
    }

    public void PeerFinished(Connection connection)
    {
        Say("recv", CallText.PeerFinished);
        ShowKernel(connection);
    }

    public void Ended(EndedEvent ended)
    {
        _counts.TryRemove(ended.Connection.Id, out var counts);
        if (ended.Ending == Ending.PeerReset)
        {
            Say("recv", CallText.Failed("recv", Reset));
        }

        var done = ended.Connection.GetStatistics();
        var unit = HasFraming ? "frame" : "receive";
        Say("in all", $"Sent {Amount.OfBytes(done.BytesSent)} in {Count(counts?.Sends ?? 0, "call")}; "
            + $"received {Amount.OfBytes(done.BytesReceived)} in {Count(counts?.Receives ?? 0, unit)}.");
        if (ended is { Ending: Ending.Finished, First: not Finisher.Nobody }
            && ended.Connection.Local is TcpEndpoint or TlsEndpoint)
        {
            Say("close", ended.First == Finisher.Peer ? CallText.PeerRemembers : CallText.ThisEndRemembers);
        }
    }

    public void AimedDatagrams() => Say("connect", CallText.Returned("aim", 0, 0, 0));

    public void SentDatagram(int bytes) => Say("sendto", CallText.Returned("sendto", bytes, bytes, 0));

    public void ReceivedDatagram(int bytes) => Say("recvfrom", CallText.Returned("recvfrom", bytes, bytes, 0));

    private static int? NumberOf(ConnectionException error) => error switch
    {
        ConnectionRefusedException => Refused,
        ConnectionTimeoutException => TimedOut,
        ConnectionResetException => Reset,
        _ => null,
    };

    private static string Count(int count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";

    private CallCounts CountsOf(Connection connection) => _counts.GetOrAdd(connection.Id, _ => new CallCounts());

    private void ShowKernel(Connection connection)
    {
        if (KernelText.Of(connection.Local, connection.Remote) is { } shown)
        {
            Say("kernel", shown);
        }
    }

    private void Say(string call, string sentence) =>
        log.Say(log.Palette.Paint(Tone.Quiet, SafeText.Line($"{call,8}  {sentence}")));
}
