using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Switchboard.Tests.Transports;

/// <summary>An engine whose network is the test's.</summary>
internal sealed class FakeEngine : Engine
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Wire>> _silent = [];

    public override string Name => "fake";

    /// <summary>Addresses that were tried, in order.</summary>
    public ConcurrentQueue<string> Tried { get; } = [];

    /// <summary>Addresses whose attempts were cancelled.</summary>
    public ConcurrentQueue<string> Cancelled { get; } = [];

    public Dictionary<string, Exception> Refusals { get; } = [];

    public HashSet<string> Answering { get; } = [];

    /// <summary>Answers, once it is cancelled: the attempt that lost the race by a hair.</summary>
    public Wire? TooLate { get; set; }

    public Func<IPEndPoint, WireListener>? OnBind { get; set; }

    internal override async ValueTask<Wire> ConnectAsync(EndPoint remote, CancellationToken cancellationToken)
    {
        var address = ((IPEndPoint)remote).Address.ToString();
        Tried.Enqueue(address);
        if (Refusals.TryGetValue(address, out var refusal))
        {
            throw refusal;
        }

        if (Answering.Contains(address))
        {
            return NewWire();
        }

        var silent = _silent.GetOrAdd(address, _ => new TaskCompletionSource<Wire>());
        try
        {
            return await silent.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled.Enqueue(address);
            return TooLate ?? throw new OperationCanceledException(cancellationToken);
        }
    }

    internal override Wire Adopt(Socket socket) => throw new NotSupportedException();

    internal override WireListener AdoptListener(Socket socket) => throw new NotSupportedException();

    internal override WireListener Bind(EndPoint local, int backlog) => OnBind!((IPEndPoint)local);

    public void Answer(string address) => _silent[address].SetResult(NewWire());

    public static Wire NewWire() => Switchboard.Transports.MemoryWire.CreatePair("near", "far").Client;
}
