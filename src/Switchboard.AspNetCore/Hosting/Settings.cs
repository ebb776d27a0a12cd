using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Switchboard.AspNetCore.Hosting;

/// <summary>
/// The values of a section of configuration. Each must be one that is known: a limit whose name is misspelt would
/// otherwise be none.
/// </summary>
internal sealed class Settings(IConfigurationSection section)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A value as it is written; null if there is none.</summary>
    public string? Text(string key)
    {
        _known.Add(key);
        return section[key];
    }

    public int Number(string key, int otherwise) => Value(key, otherwise, "a whole number", text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    public TimeSpan Time(string key, TimeSpan otherwise) => Value(
        key, otherwise, "a time such as 00:00:30, or infinite", text =>
        string.Equals(text, "infinite", StringComparison.OrdinalIgnoreCase) ? Timeout.InfiniteTimeSpan
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null);

    /// <summary>A value of one's own kind.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="otherwise">What it is if there is none.</param>
    /// <param name="form">What is expected, in a few words.</param>
    /// <param name="parse">Null for what cannot be meant.</param>
    public T Value<T>(string key, T otherwise, string form, Func<string, T?> parse)
        where T : struct =>
        Text(key) is { } text ? parse(text) ?? throw Wrong(key, $"\"{text}\" is not {form}") : otherwise;

    public Settings Part(string key)
    {
        _known.Add(key);
        return new Settings(section.GetSection(key));
    }

    public bool Exists => section.Exists();

    /// <summary>To be called when everything was asked for.</summary>
    /// <exception cref="InvalidOperationException">The section has a key that nobody knows.</exception>
    public void RefuseUnknown()
    {
        if (section.GetChildren().FirstOrDefault(child => !_known.Contains(child.Key)) is { } unknown)
        {
            throw Wrong(unknown.Key, $"nothing is called so; there are {string.Join(", ", _known)}");
        }
    }

    public InvalidOperationException Wrong(string key, string problem, Exception? error = null) =>
        new($"Configuration {section.Path}:{key}: {problem}.", error);
}
