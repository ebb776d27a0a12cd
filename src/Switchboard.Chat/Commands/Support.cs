using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>What this server can do and what it grants, as clients read it (<c>ISUPPORT</c>).</summary>
internal static class Support
{
    private const int MaxTokensInLine = 13;

    public static void Say(Request request)
    {
        foreach (var line in Tokens(request.Exchange.Options).Chunk(MaxTokensInLine))
        {
            request.Client.Answer(Numerics.Supports, line);
        }
    }

    public static IReadOnlyList<string> Tokens(ChatOptions options)
    {
        var limits = options.Limits;
        return
        [
            $"AWAYLEN={limits.MaxAwayBytes}",
            "BOT=B",
            $"CASEMAPPING={CaseMapping.Name}",
            $"CHANLIMIT={NameRules.RoomMark}:{limits.MaxRoomsPerPerson}",
            $"CHANMODES={RoomModes.Announced}",
            $"CHANNELLEN={limits.MaxRoomNameLength}",
            $"CHANTYPES={NameRules.RoomMark}",
            $"CHATHISTORY={limits.MaxHistory}",
            "ELIST=MU",
            "EXCEPTS=e",
            "INVEX=I",
            $"KEYLEN={limits.MaxKeyLength}",
            $"KICKLEN={limits.MaxReasonBytes}",
            $"MAXLIST={RoomModes.Lists}:{limits.MaxMasksPerRoom}",
            $"MAXTARGETS={limits.MaxTargets}",
            $"MODES={RoomModeCommand.MaxChanges}",
            "MSGREFTYPES=msgid,timestamp",
            $"NAMELEN={limits.MaxRealNameBytes}",
            $"NETWORK={options.Network}",
            $"NICKLEN={limits.MaxNickLength}",
            "PREFIX=(ov)@+",
            "SAFELIST",
            $"TARGMAX=JOIN:,PART:,KICK:{limits.MaxTargets},NAMES:1,WHOIS:1,PRIVMSG:{limits.MaxTargets},"
                + $"NOTICE:{limits.MaxTargets},TAGMSG:{limits.MaxTargets}",
            $"TOPICLEN={limits.MaxTopicBytes}",
            "UTF8ONLY",
            "WHOX",
        ];
    }
}
