using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Keeps what is logged: the category, the event and the text.</summary>
internal sealed class LogRecord : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, EventId Event, string Text)> _lines = [];

    public IEnumerable<string> Texts => _lines.Select(line => line.Text);

    /// <summary>The events of Kestrel itself, not those of its transport.</summary>
    public IEnumerable<string> KestrelEvents => _lines
        .Where(line => line.Category.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal))
        .Where(line => !line.Category.Contains("Transport", StringComparison.Ordinal))
        .Select(line => line.Event.Name ?? line.Text);

    public ILogger CreateLogger(string categoryName) => new Sink(categoryName, this);

    public void Dispose()
    {
    }

    private sealed class Sink(string category, LogRecord record) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            record._lines.Enqueue((category, eventId, formatter(state, exception)));
    }
}
