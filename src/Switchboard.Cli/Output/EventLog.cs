using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using Switchboard.Board.Events;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Output;

/// <summary>
/// Tells what happens: to people on standard error, or with <c>--json</c> to programs on standard output, one object a
/// line. Thread-safe; every line is written whole and at once.
/// </summary>
internal sealed class EventLog(Surroundings surroundings, EventFormat format, Palette palette) : IDisposable
{
    private const byte LineFeed = (byte)'\n';

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly CancellationTokenSource _outputBroken = new();
    private ExceptionDispatchInfo? _broken;
    private bool _isTransient;

    public EventFormat Format => format;

    /// <summary>For standard error.</summary>
    public Palette Palette => palette;

    /// <summary>Cancelled when standard output cannot be written to: nobody reads it, or the disk is full.</summary>
    public CancellationToken OutputBroken => _outputBroken.Token;

    /// <exception cref="IOException">Standard output cannot be written to.</exception>
    public void Write(ConsoleEvent happened)
    {
        if (format == EventFormat.Json)
        {
            WriteJson(happened);
        }
        else
        {
            Say(palette.Paint(happened.Tone, SafeText.Line(happened.Text)));
        }
    }

    /// <summary>Says something to people only: one line or more, already safe and painted. Never throws.</summary>
    public void Say(string text)
    {
        lock (_lock)
        {
            Put($"{EraseTransient()}{text}\n");
        }
    }

    /// <summary>
    /// Shows a line on a terminal that the next one takes the place of: safe, painted, and no wider than the terminal.
    /// An empty one only takes the last away. Never throws.
    /// </summary>
    public void SayForNow(string line)
    {
        lock (_lock)
        {
            Put(EraseTransient() + line);
            _isTransient = line.Length > 0;
        }
    }

    /// <summary>One JSON object on standard output, whatever the format: for verbs whose answer is a list.</summary>
    /// <exception cref="IOException">Standard output cannot be written to.</exception>
    public void WriteJson(ConsoleEvent happened)
    {
        lock (_lock)
        {
            _line.ResetWrittenCount();
            Compose(happened);
            try
            {
                surroundings.Output.Write(_line.WrittenSpan);
                surroundings.Output.Flush();
            }
            catch (IOException error)
            {
                // Whoever is told by an observer cannot throw where it would help.
                _broken ??= ExceptionDispatchInfo.Capture(error);
                _outputBroken.Cancel();
                throw;
            }
        }
    }

    /// <summary>Throws what broke standard output, if anything has.</summary>
    /// <exception cref="IOException">Standard output cannot be written to.</exception>
    public void ThrowIfBroken() => _broken?.Throw();

    public void Dispose() => _outputBroken.Dispose();

    private string EraseTransient()
    {
        var erased = _isTransient ? "\r\e[2K" : "";
        _isTransient = false;
        return erased;
    }

    private void Put(string text)
    {
        try
        {
            surroundings.Error.Write(Encoding.UTF8.GetBytes(text));
            surroundings.Error.Flush();
        }
        catch (IOException)
        {
            // With nobody left to tell, the work itself still counts.
        }
    }

    private void Compose(ConsoleEvent happened)
    {
        using (var json = new Utf8JsonWriter(_line))
        {
            EventLine.Begin(json, happened.Name, surroundings.Time.GetUtcNow());
            happened.WriteFields(json);
            json.WriteEndObject();
        }

        _line.GetSpan(1)[0] = LineFeed;
        _line.Advance(1);
    }
}
