using System.Collections.Frozen;

namespace Switchboard.Chat.Commands;

/// <summary>All commands.</summary>
internal static class CommandTable
{
    public static FrozenDictionary<string, Command> ByName { get; } = new[]
    {
        new Command("CAP", 1, CapCommand.RunAsync) { Access = CommandAccess.Anybody },
        new Command("PASS", 1, PassCommand.RunAsync) { Access = CommandAccess.Anybody },
        new Command("NICK", 0, NickCommand.RunAsync) { Access = CommandAccess.Anybody },
        new Command("USER", 4, UserCommand.RunAsync) { Access = CommandAccess.Anybody },
        new Command("AUTHENTICATE", 1, AuthenticateCommand.RunAsync) { Access = CommandAccess.Anybody },
        new Command("REGISTER", 3, RegisterCommand.RunAsync) { Access = CommandAccess.Anybody },
        Command.Locked("PING", 0, PingCommand.Run) with { Access = CommandAccess.Anybody },
        Command.Locked("PONG", 0, _ => { }) with { Access = CommandAccess.Anybody },
        Command.Locked("ERROR", 0, _ => { }) with { Access = CommandAccess.Anybody },
        Command.Locked("QUIT", 0, QuitCommand.Run) with { Access = CommandAccess.Anybody },

        new Command("PRIVMSG", 0, MessageCommand.RunAsync) { Order = CommandOrder.AmongMessages },
        new Command("NOTICE", 0, MessageCommand.RunAsync) { Order = CommandOrder.AmongMessages },
        new Command("TAGMSG", 0, MessageCommand.RunAsync) { Order = CommandOrder.AmongMessages },
        new Command("CHATHISTORY", 1, HistoryCommand.RunAsync),

        Command.Locked("JOIN", 1, JoinCommand.Run),
        Command.Locked("PART", 1, PartCommand.Run),
        Command.Locked("TOPIC", 1, TopicCommand.Run),
        Command.Locked("NAMES", 0, NamesCommand.Run),
        Command.Locked("LIST", 0, ListCommand.Run),
        Command.Locked("KICK", 2, KickCommand.Run),
        Command.Locked("INVITE", 0, InviteCommand.Run),
        Command.Locked("MODE", 1, ModeCommand.Run),

        Command.Locked("AWAY", 0, AwayCommand.Run),
        Command.Locked("SETNAME", 1, SetNameCommand.Run),
        Command.Locked("WHO", 0, WhoCommand.Run),
        Command.Locked("WHOIS", 0, WhoIsCommand.Run),
        Command.Locked("WHOWAS", 0, WhoWasCommand.Run),
        Command.Locked("ISON", 1, IsOnCommand.Run),
        Command.Locked("USERHOST", 1, UserHostCommand.Run),

        Command.Locked("MOTD", 0, MotdCommand.Run),
        Command.Locked("LUSERS", 0, LusersCommand.Run),
        Command.Locked("VERSION", 0, VersionCommand.Run),
        Command.Locked("TIME", 0, TimeCommand.Run),
        Command.Locked("INFO", 0, AboutCommand.Run),
    }.ToFrozenDictionary(each => each.Name);
}
