using System.Globalization;
using BenchmarkDotNet.Attributes;
using Switchboard.Chat;

namespace Switchboard.Bench.Primitives;

/// <summary>
/// What a chat pays for its memory: one password, and messages that are on the disk when the call returns.
/// </summary>
[MemoryDiagnoser]
public class ChatStores
{
    private static readonly Passwords Passwords = new();

    private readonly string _password = "correct horse battery staple";
    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-bench-").FullName;
    private IChatStore? _store;
    private long _last;

    [GlobalSetup]
    public async Task SetupAsync() => _store = await ChatStore.OpenAsync(Path.Combine(_folder, "chat.db"));

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _store!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public Task<string> PasswordAsync() => Passwords.HashAsync(_password);

    /// <summary>One call at a time, with so many messages in it.</summary>
    [Benchmark]
    [Arguments(1)]
    [Arguments(64)]
    public Task AppendAsync(int messages) => _store!.AppendAsync([.. Enumerable.Range(0, messages).Select(Next)]);

    private StoredMessage Next(int place) => new(
        (++_last).ToString("d18", CultureInfo.InvariantCulture),
        DateTimeOffset.UnixEpoch.AddMilliseconds(_last),
        "#tea",
        "ada!ada@localhost",
        Account: null,
        "PRIVMSG",
        "#tea",
        $"Message {place} of this call, as long as most are.");
}
