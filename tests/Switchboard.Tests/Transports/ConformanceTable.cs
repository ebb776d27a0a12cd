using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Switchboard.Tests.Transports;

/// <summary>
/// How many promises each transport has kept on each engine, written beside the tests when they have run.
/// </summary>
public sealed class ConformanceTable : IDisposable
{
    private const string FileName = "conformance.txt";
    private const int FirstColumn = 20;
    private const int Column = 20;

    private readonly ConcurrentDictionary<(string Transport, string Engine), int> _kept = [];

    public void Note(string transport, string engine) =>
        _kept.AddOrUpdate((transport, engine), 1, static (_, count) => count + 1);

    public void Dispose()
    {
        var engines = _kept.Keys.Select(key => key.Engine).Distinct().Order(StringComparer.Ordinal).ToList();
        var table = new StringBuilder("Promises kept".PadRight(FirstColumn));
        engines.ForEach(engine => table.Append(engine.PadLeft(Column)));
        foreach (var transport in _kept.Keys.Select(key => key.Transport).Distinct().Order(StringComparer.Ordinal))
        {
            table.Append('\n').Append(transport.PadRight(FirstColumn));
            engines.ForEach(engine => table.Append(Show(transport, engine).PadLeft(Column)));
        }

        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, FileName), $"{table}\n");
    }

    private string Show(string transport, string engine) =>
        _kept.TryGetValue((transport, engine), out var count) ? count.ToString(CultureInfo.InvariantCulture) : "-";
}
