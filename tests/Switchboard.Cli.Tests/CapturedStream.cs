using System.Text;

namespace Switchboard.Cli.Tests;

/// <summary>A standard stream that keeps what is written to it, and lets a test wait for a line.</summary>
internal sealed class CapturedStream : Stream
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Lock _lock = new();
    private readonly MemoryStream _bytes = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    /// <summary>What every write throws; null to take the bytes.</summary>
    public IOException? Broken { get; set; }

    public string Text => Encoding.UTF8.GetString(ToArray());

    public IReadOnlyList<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public byte[] ToArray()
    {
        lock (_lock)
        {
            return _bytes.ToArray();
        }
    }

    /// <summary>Whether nothing more will come.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _ended;
            }
        }
    }

    /// <summary>Waits for a whole line that has all of this in it.</summary>
    public async Task<string> WaitForLineAsync(params string[] parts)
    {
        string? found = null;
        await WaitUntilAsync(
            text =>
            {
                var whole = text[..(text.LastIndexOf('\n') + 1)].Split('\n');
                found = Array.Find(whole, line => parts.All(part => line.Contains(part, StringComparison.Ordinal)));
                return found is not null;
            },
            $"a line with '{string.Join("' and '", parts)}'");
        return found!;
    }

    /// <summary>Waits for some texts, in any order.</summary>
    public Task WaitForAsync(params string[] parts) => WaitUntilAsync(
        text => parts.All(part => text.Contains(part, StringComparison.Ordinal)),
        $"'{string.Join("' and '", parts)}'");

    /// <summary>Nothing more will come: waiting is in vain.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            _changed.TrySetResult();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Broken is { } broken)
        {
            throw broken;
        }

        lock (_lock)
        {
            _bytes.Write(buffer);
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task WaitUntilAsync(Func<string, bool> holds, string awaited)
    {
        while (true)
        {
            Task changed;
            bool ended;
            lock (_lock)
            {
                (changed, ended) = (_changed.Task, _ended);
            }

            if (holds(Text))
            {
                return;
            }

            if (ended)
            {
                throw new InvalidOperationException($"The stream ended without {awaited}:\n{Text}");
            }

            await WaitAsync(changed, awaited);
        }
    }

    private async Task WaitAsync(Task changed, string awaited)
    {
        try
        {
            await changed.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not {awaited} in {Patience.TotalSeconds} s:\n{Text}");
        }
    }
}
