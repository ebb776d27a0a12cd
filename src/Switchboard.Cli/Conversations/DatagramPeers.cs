namespace Switchboard.Cli.Conversations;

/// <summary>Those who were heard, the last one first. Strangers can be any number: the oldest are forgotten.</summary>
internal sealed class DatagramPeers
{
    internal const int MaxPeers = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<DatagramAddress, LinkedListNode<DatagramAddress>> _nodes = [];
    private readonly LinkedList<DatagramAddress> _order = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody has been heard.</summary>
    public Task First => _first.Task;

    public void Note(DatagramAddress peer)
    {
        lock (_lock)
        {
            if (_nodes.Remove(peer, out var known))
            {
                _order.Remove(known);
            }
            else if (_nodes.Count == MaxPeers)
            {
                _nodes.Remove(_order.Last!.Value);
                _order.RemoveLast();
            }

            _nodes[peer] = _order.AddFirst(peer);
        }

        _first.TrySetResult();
    }

    /// <summary>The last so many; fewer if there were fewer.</summary>
    public DatagramAddress[] Last(int count)
    {
        lock (_lock)
        {
            return [.. _order.Take(count)];
        }
    }
}
