using System.Runtime.InteropServices;
using System.Threading.Channels;
using Switchboard.Chat;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Chatting;

/// <summary>
/// Chat on a whole terminal. Keys, events and signals become acts that run one after the other, and after each lot of
/// them the screen is drawn.
/// </summary>
internal sealed class ChatScreen
{
    private const int MaxActs = 1000;
    private const int EarlierLines = 50;

    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(3);

    private readonly ChatClient _client;
    private readonly Surroundings _surroundings;
    private readonly Palette _palette;
    private readonly Channel<Action> _acts = Channel.CreateBounded<Action>(MaxActs);
    private readonly TalkWindows _windows = new();
    private readonly LineEditor _editor = new();
    private readonly Completion _completion = new();
    private readonly LineComposer _composer;
    private readonly TalkTeller _teller;
    private readonly Outbox _outbox;
    private readonly ScreenCommands _commands;
    private readonly ScreenWriter _writer;
    private string _trouble = "";

    public ChatScreen(ChatClient client, Surroundings surroundings, Palette palette)
    {
        _client = client;
        _surroundings = surroundings;
        _palette = palette;
        _composer = new LineComposer(surroundings.Time);
        _teller = new TalkTeller(_windows, _composer) { RoomOpened = FetchEarlier };
        _outbox = new Outbox(problem => Post(() => Note(problem, Tone.Bad)), () => Post(() => { }));
        _commands = new ScreenCommands(client, _windows, Post, Note);
        _writer = new ScreenWriter(surroundings.Output);
        _windows.CompareBy((one, other) => client.Support.AreSame(one, other));
    }

    /// <summary>Runs until whoever sits here leaves.</summary>
    /// <param name="plan">What to join first.</param>
    /// <param name="raw">The terminal; given back by the caller.</param>
    /// <param name="stop">Ctrl-C and signals.</param>
    public async Task<int> RunAsync(ChatPlan plan, RawTerminal raw, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var resized = OperatingSystem.IsWindows() ? null : OnSignal(PosixSignal.SIGWINCH, _writer.Forget);
        using var continued = OperatingSystem.IsWindows() ? null : OnSignal(PosixSignal.SIGCONT, () => Renew(raw));
        _writer.Enter();
        Begin(plan, over.Token);
        var drawing = DrawAsync(over.Token);
        try
        {
            var sending = _outbox.RunAsync(over.Token);
            await await Task.WhenAny(ReadKeysAsync(raw.Keys, over.Token), HearAsync(over.Token), drawing);
            stop.ThrowIfCancellationRequested();
            await FinishAsync(sending);
            return ExitCode.Done;
        }
        finally
        {
            await over.CancelAsync();

            // Nothing may be drawn behind this.
            await drawing.ContinueWith(_ => { }, TaskScheduler.Default);
            _writer.Leave();
        }
    }

    private PosixSignalRegistration OnSignal(PosixSignal signal, Action act) =>
        PosixSignalRegistration.Create(signal, _ => Post(act));

    private void Renew(RawTerminal raw)
    {
        raw.Renew();
        _writer.Enter();
        _writer.Forget();
    }

    private void Begin(ChatPlan plan, CancellationToken stop)
    {
        Note("Type /help for what there is. Ctrl-D leaves.", Tone.Quiet);
        foreach (var room in plan.Rooms)
        {
            _outbox.TryAdd(() => _client.JoinAsync(room, cancellationToken: stop));
        }

        if (plan.To is { } to)
        {
            _windows.Show(_windows.Open(to));
        }
    }

    // Never lost, and nobody waits: whoever calls may be the one who runs the acts.
    private void Post(Action act)
    {
        if (!_acts.Writer.TryWrite(act))
        {
            _ = _acts.Writer.WriteAsync(act).AsTask();
        }
    }

    private void Note(string text, Tone tone) => _windows.Active.Add(_composer.Note(text, tone), isSeen: true);

    private void FetchEarlier(TalkWindow window)
    {
        if (_client.Support.HistoryLimit is null)
        {
            return;
        }

        _outbox.TryAdd(async () =>
        {
            var earlier = await _client.GetHistoryAsync(window.Name, EarlierLines);
            Post(() => window.AddEarlier([.. earlier.Select(said => _composer.Said(said, _client.Nick))]));
        });
    }

    private async Task ReadKeysAsync(Stream keys, CancellationToken stop)
    {
        var settle = TimeSpan.FromMilliseconds(50);
        var reader = new KeyReader();
        var buffer = new byte[4096];
        while (true)
        {
            // Reading a terminal blocks a thread, and ends with the process.
            var read = keys.ReadAsync(buffer, CancellationToken.None).AsTask();
            if (await Task.WhenAny(read, Task.Delay(settle, _surroundings.Time, stop)) != read)
            {
                await PressAsync(reader.Settle(), stop);
            }

            var count = await read.WaitAsync(stop);
            if (count == 0)
            {
                return;
            }

            await PressAsync(reader.Append(buffer.AsSpan(0, count)), stop);
        }
    }

    private async Task PressAsync(IReadOnlyList<Key> keys, CancellationToken stop)
    {
        foreach (var key in keys)
        {
            await _acts.Writer.WriteAsync(() => Press(key, stop), stop);
        }
    }

    private async Task HearAsync(CancellationToken stop)
    {
        await foreach (var happened in _client.ReceiveAllAsync(stop))
        {
            await _acts.Writer.WriteAsync(() => Tell(happened), stop);
        }
    }

    private async Task DrawAsync(CancellationToken stop)
    {
        while (_commands.Farewell is null)
        {
            Draw();
            (await _acts.Reader.ReadAsync(stop))();
            for (var count = 1; count < MaxActs && _acts.Reader.TryRead(out var act); count++)
            {
                act();
            }
        }
    }

    private void Draw()
    {
        var frame = new ScreenFrame(_palette, _surroundings.Columns(), _surroundings.Rows());
        var room = _client.Rooms.GetValueOrDefault(_windows.Active.Name);
        var notice = _trouble.Length > 0 ? _trouble : _outbox.Count is > 1 and var count ? $"sending {count}" : "";
        var (rows, cursor) = frame.Compose(new ScreenState(
            _windows, _editor, _client.Nick, room?.Topic ?? "", room?.Members.Count, notice));
        _writer.Draw(rows, cursor);
    }

    private void Tell(ChatEvent happened)
    {
        _trouble = happened switch
        {
            ChatDisconnected => "disconnected",
            ChatConnected => "",
            _ => _trouble,
        };
        _teller.Tell(happened, _client);
    }

    private void Press(Key key, CancellationToken stop)
    {
        switch (key)
        {
            case { Kind: KeyKind.Enter }:
                Send(stop);
                break;
            case { Kind: KeyKind.Tab }:
                Complete();
                break;
            case { Kind: KeyKind.PageUp or KeyKind.PageDown }:
                var step = Math.Max((_surroundings.Rows() - 3) / 2, 1);
                _windows.Active.Scroll(key.Kind == KeyKind.PageUp ? step : -step);
                break;
            case { Kind: KeyKind.Alt, Text: [>= '1' and <= '9' and var digit] }:
                _windows.Show(digit - '0');
                break;
            case { Kind: KeyKind.Alt, Text: "a" }:
                _windows.ShowUnread();
                break;
            case { Kind: KeyKind.Control }:
                PressControl(key);
                break;
            default:
                _editor.Press(key);
                break;
        }

        if (key.Kind == KeyKind.Paste && key.Text.AsSpan().TrimEnd('\n').Count('\n') is > 0 and var breaks)
        {
            Note($"{breaks + 1} lines were pasted: Enter says them all, Ctrl-U drops them.", Tone.Warning);
        }
    }

    private void PressControl(Key key)
    {
        switch (key.Text)
        {
            case "c":
                _surroundings.Interrupts.Raise(PosixSignal.SIGINT);
                break;
            case "d" when _editor.Text.Length == 0:
                _ = _commands.RunAsync("/quit", _windows.Active, CancellationToken.None);
                break;
            case "n" or "p":
                _windows.Step(key.Text == "n" ? 1 : -1);
                break;
            case "l":
                _writer.Forget();
                break;
            default:
                _editor.Press(key);
                break;
        }
    }

    private void Send(CancellationToken stop)
    {
        var talk = _windows.Active;
        var line = _editor.Take().TrimEnd('\n');
        talk.Scroll(-TalkWindow.MaxLines);
        var lines = line.AsSpan().Count('\n') + 1;
        if (line.Trim().Length > 0 && !_outbox.TryAdd(() => _commands.RunAsync(line, talk, stop), lines))
        {
            _editor.Insert(line);
            Note("Too much waits to be sent: a moment, please.", Tone.Bad);
        }
    }

    private void Complete()
    {
        var room = _client.Rooms.GetValueOrDefault(_windows.Active.Name);
        var nicks = room?.Members.Keys ?? [_windows.Active.Name];
        _completion.Complete(
            _editor, nicks.Concat(ScreenCommands.Names).Concat(_client.Rooms.Keys), StringComparison.OrdinalIgnoreCase);
    }

    // What was typed before leaving is said, unless the server takes too long for it.
    private async Task FinishAsync(Task sending)
    {
        _outbox.Complete();
        try
        {
            await sending.WaitAsync(LongestFarewell, _surroundings.Time);
        }
        catch (TimeoutException)
        {
            // Whoever leaves does not wait for long.
        }

        await _client.QuitAsync(_commands.Farewell ?? "");
    }
}
