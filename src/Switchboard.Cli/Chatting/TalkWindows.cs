namespace Switchboard.Cli.Chatting;

/// <summary>All talks that are open, in the order of their numbers; the first one is the server's.</summary>
internal sealed class TalkWindows
{
    private const int MaxWindows = 100;

    private readonly List<TalkWindow> _all = [new TalkWindow("server")];
    private Func<string, string, bool> _areSame = (one, other) => one == other;

    public IReadOnlyList<TalkWindow> All => _all;

    public TalkWindow Server => _all[0];

    public TalkWindow Active { get; private set; } = null!;

    public TalkWindows()
    {
        Active = Server;
    }

    /// <summary>When names are the same, as the server has it.</summary>
    public void CompareBy(Func<string, string, bool> areSame) => _areSame = areSame;

    public TalkWindow? Find(string name) => _all.Skip(1).FirstOrDefault(window => _areSame(window.Name, name));

    /// <summary>The talk of that name, opened if it is not yet; the server's when too many are open.</summary>
    public TalkWindow Open(string name)
    {
        if (Find(name) is { } open)
        {
            return open;
        }

        if (_all.Count >= MaxWindows)
        {
            return Server;
        }

        var window = new TalkWindow(name);
        _all.Add(window);
        return window;
    }

    public void Show(TalkWindow window)
    {
        Active = window;
        if (window.Below == 0)
        {
            window.MarkRead();
        }
    }

    /// <summary>Shows a talk by its number, from 1; nothing if there is none.</summary>
    public bool Show(int number)
    {
        if (number < 1 || number > _all.Count)
        {
            return false;
        }

        Show(_all[number - 1]);
        return true;
    }

    /// <summary>The next one, or the one before; round and round.</summary>
    public void Step(int step) => Show(_all[(_all.IndexOf(Active) + step + _all.Count) % _all.Count]);

    /// <summary>The next one in which something is new: where somebody was spoken to first.</summary>
    public void ShowUnread()
    {
        var next = _all.Find(window => window.IsMentioned) ?? _all.Find(window => window.Unread > 0);
        if (next is not null)
        {
            Show(next);
        }
    }

    public void Close(TalkWindow window)
    {
        if (window != Server)
        {
            var place = _all.IndexOf(window);
            _all.Remove(window);
            if (Active == window)
            {
                Show(_all[Math.Min(place, _all.Count - 1)]);
            }
        }
    }
}
