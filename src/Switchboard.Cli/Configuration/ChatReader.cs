using Switchboard.Cli.ChatServing;
using Switchboard.Cli.Handlers;

namespace Switchboard.Cli.Configuration;

/// <summary>Reads the members of an entry that say what a chat is called and keeps.</summary>
internal static class ChatReader
{
    private static readonly string[] OnlyOfChat =
        [Keys.Name, Keys.Network, Keys.Motd, Keys.Database, Keys.Register, Keys.ServerPasswordFile];

    /// <summary>What the chat is; null for every other service.</summary>
    /// <exception cref="ConfigurationException">A member does nothing there.</exception>
    public static ChatPlan? Read(Entry entry, BuiltIn service)
    {
        if (service != BuiltIns.Chat)
        {
            return OnlyOfChat.FirstOrDefault(entry.Members.ContainsKey) is { } useless
                ? throw new ConfigurationException(
                    entry.Members[useless].Place, $"\"{useless}\" is for chats.", "\"serve\": \"chat\"")
                : null;
        }

        return new ChatPlan
        {
            Name = Text(entry, Keys.Name),
            Network = Text(entry, Keys.Network),
            MotdFile = Text(entry, Keys.Motd),
            PasswordFile = Text(entry, Keys.ServerPasswordFile),
            Database = Text(entry, Keys.Database) ?? ChatPlan.InMemory.Database,
            TakesRegistrations = Text(entry, Keys.Register) != "false",
        };
    }

    private static string? Text(Entry entry, string key) => PlanReader.Value(entry, key, text => text);
}
