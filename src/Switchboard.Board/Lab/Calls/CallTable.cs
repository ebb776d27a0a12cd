using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>What each call of a lesson does. Its names are those of <see cref="CallShapes"/>.</summary>
/// <param name="sockets">Those of the lesson.</param>
/// <param name="time">The clock.</param>
internal sealed class CallTable(LabSockets sockets, TimeProvider time)
{
    private readonly OpeningCalls _opening = new(sockets);
    private readonly ByteCalls _bytes = new(sockets, time);
    private readonly DatagramCalls _datagrams = new(sockets);
    private readonly OptionCalls _options = new(sockets);
    private readonly LocalCalls _local = new(sockets);
    private readonly WorldCalls _world = new(sockets);
    private readonly FaultCalls _faults = new(sockets, time);

    /// <summary>Begins a call; nothing is done before its first attempt.</summary>
    /// <param name="step">What is called.</param>
    /// <param name="number">By which the bytes it sends are told from others.</param>
    public StartedCall Begin(LessonStep step, int number)
    {
        var isDatagram = step.Socket is not null && sockets.Find(step.Socket)?.Kind == LabSocketKind.Udp;
        return step.Call switch
        {
            "socket" => _opening.Socket(step),
            "bind" => _opening.Bind(step),
            "listen" => _opening.Listen(step),
            "connect" => _opening.Connect(step),
            "accept" => _opening.Accept(step),
            "dup" => _opening.Duplicate(step),
            "send" => isDatagram ? _datagrams.Send(step, number) : _bytes.Send(step, number),
            "recv" => isDatagram ? _datagrams.ReceiveFrom(step) : _bytes.Receive(step),
            "sendto" => _datagrams.SendTo(step, number),
            "recvfrom" => _datagrams.ReceiveFrom(step),
            "poll" => _bytes.Poll(step),
            "shutdown" => _bytes.Shutdown(step),
            "close" => _bytes.Close(step),
            "setsockopt" => _options.Set(step),
            "nonblock" => _options.DoNotWait(step),
            "tls" => _options.EncryptFromHere(step),
            "mkfifo" => _local.MakeFifo(step),
            "open" => _local.Open(step),
            "write" => _bytes.Write(step, number),
            "read" => _bytes.Read(step),
            "map" => _local.Map(step),
            "store" => _local.Store(step),
            "load" => _local.Load(step),
            "cut" => _world.Cut(step),
            "mend" => _world.Mend(step),
            "reset" => _world.Reset(step),
            "delay" => _faults.Delay(step),
            "slice" => _faults.Slice(step),
            "shrink" => _faults.Shrink(step),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Call, "There is no such call."),
        };
    }
}
