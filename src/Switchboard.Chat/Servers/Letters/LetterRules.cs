using System.Buffers;
using System.Globalization;
using System.Text;
using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;
using Switchboard.Chat.Storing;

namespace Switchboard.Chat.Servers.Letters;

/// <summary>
/// What a letter may say: names and texts that could stand in a line, lists that have an end, and each server speaks
/// for its own people only. Other servers may grant more than this one, so the limits are the protocol's, not those of
/// the options.
/// </summary>
internal static class LetterRules
{
    private const int MaxListed = 1_000;
    private const int MaxIdLength = 128;
    private const int MaxTextBytes = 512;
    private const int MaxTagBytes = 4094;

    private static readonly SearchValues<char> ServerLetters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    /// <summary>Also what a queue at a broker may be called by.</summary>
    public static bool IsServer(string name) =>
        name.Length is > 0 and <= 63 && !name.AsSpan().ContainsAnyExcept(ServerLetters);

    public static bool IsFit(Letter letter) =>
        IsServer(letter.From)
        && IsServer(letter.Run)
        && letter switch
        {
            SaidLetter said => IsFit(said),
            EventsLetter events => events.First > 0
                && events.Events.Count is > 0 and <= MaxListed
                && events.Events.All(each => IsFit(each, letter.From)),
            HelloLetter hello => hello is { LastEvent: >= 0, LastSaid: >= 0 } && IsServer(hello.Outbox),
            AskLetter ask => ask.Of is null || IsServer(ask.Of),
            SnapshotLetter part => IsFit(part),
            _ => false,
        };

    private static bool IsFit(SaidLetter said)
    {
        var last = 0L;
        foreach (var each in said.Messages)
        {
            if (each.Number <= last || !IsFit(each.Message) || !IsTalk(each.Message.Talk))
            {
                return false;
            }

            last = each.Number;
        }

        return IsServer(said.Outbox) && said.Messages.Count is > 0 and <= MaxListed;
    }

    private static bool IsFit(SnapshotLetter part) =>
        part is { LastEvent: >= 0, Part: > 0 }
        && part.Part <= part.Parts
        && part.People.Count <= MaxListed
        && part.Rooms.Count <= MaxListed
        && part.People.All(each => IsFit(each, part.From))
        && part.Rooms.All(IsFit);

    private static bool IsFit(PersonState state, string from) =>
        IsFit(state.Arrival, from)
        && (state.Away is null || IsText(state.Away))
        && state.Rooms.Count <= MaxListed
        && state.Rooms.All(each => IsRoom(each.Room) && IsStanding(each.Standing));

    private static bool IsFit(RoomState room) =>
        IsRoom(room.Name)
        && IsText(room.Topic)
        && (room.TopicSetBy.Length == 0 || IsWord(room.TopicSetBy))
        && (room.Key is null || IsKey(room.Key))
        && room.Limit is null or > 0
        && room.Stamps.Count <= MaxListed
        && room.Stamps.All(each => RoomModes.IsStamped(each.Mode) && IsId(each.By))
        && room.Bans.Concat(room.BanExceptions).Concat(room.InviteExceptions).Take(MaxListed + 1)
            .Count(each => IsWord(each.Mask) && IsWord(each.SetBy))
            == room.Bans.Count + room.BanExceptions.Count + room.InviteExceptions.Count;

    private static bool IsFit(WorldEvent happened, string from) => happened switch
    {
        PersonArrived told => IsOf(told.PersonId, from)
            && told.Server == from
            && IsNick(told.Nick)
            && IsUser(told.User)
            && IsUser(told.Host)
            && IsText(told.RealName)
            && (told.Account is null || IsNick(told.Account))
            && (told.Certificate is null || IsWord(told.Certificate)),
        AccountChanged told => IsOf(told.PersonId, from) && (told.Account is null || IsNick(told.Account)),
        AwayChanged told => IsOf(told.PersonId, from) && (told.Text is null || IsText(told.Text)),
        NickChanged told => IsOf(told.PersonId, from) && IsNick(told.Nick),
        RealNameChanged told => IsOf(told.PersonId, from) && IsText(told.RealName),
        UserModesChanged told => IsOf(told.PersonId, from) && told.Changes.Count <= MaxListed
            && told.Changes.All(each => each is { Sign: '+' or '-', Letter: 'i' or 'B', Value: null }),
        PersonJoined told => IsOf(told.PersonId, from) && IsRoom(told.Room) && IsStanding(told.Standing),
        PersonLeft told => IsOf(told.PersonId, from) && IsText(told.Reason),
        PersonParted told => IsOf(told.PersonId, from) && IsRoom(told.Room) && IsText(told.Reason),
        PersonKicked told => IsOf(told.ById, from) && IsId(told.PersonId) && IsRoom(told.Room) && IsText(told.Reason),
        PersonInvited told => IsOf(told.ById, from) && IsId(told.PersonId) && IsRoom(told.Room),
        TopicChanged told => IsOf(told.PersonId, from) && IsRoom(told.Room) && IsText(told.Text),
        RoomModesChanged told => IsOf(told.PersonId, from) && IsRoom(told.Room)
            && told.Changes.Count <= MaxListed && told.Changes.All(IsFit),
        MessagePassed told => IsFit(told.Message) && (told.Room is null || IsRoom(told.Room))
            && told.ReceiverIds.Count <= MaxListed && told.ReceiverIds.All(IsId),
        _ => false,
    };

    private static bool IsFit(ModeChange change) => change.Sign is '+' or '-' && change switch
    {
        { Letter: RoomModes.Operator or RoomModes.Voice } => change.Value is { } id && IsId(id),
        { Letter: RoomModes.Key } => change.Value is { } key && IsKey(key),
        { Letter: RoomModes.Limit, Adds: false } => change.Value is null,
        { Letter: RoomModes.Limit } => IsLimit(change.Value),
        _ when RoomModes.Lists.Contains(change.Letter, StringComparison.Ordinal) =>
            change.Value is { } mask && IsWord(mask),
        _ => RoomModes.Flag(change.Letter) != RoomFlags.None && change.Value is null,
    };

    private static bool IsFit(StoredMessage message) =>
        IsId(message.Id)
        && message.Source.Contains('!', StringComparison.Ordinal)
        && IsWord(message.Source)
        && (message.Account is null || IsNick(message.Account))
        && message.Command is "PRIVMSG" or "NOTICE" or "TAGMSG"
        && IsWord(message.Target)
        && IsText(message.Text)
        && IsTags(message.Tags);

    /// <summary>Client-only tags, which go into lines as they are.</summary>
    private static bool IsTags(string tags) => tags.Length == 0
        || (IsWord(tags, MaxTagBytes)
            && tags.Split(';').All(each => each.StartsWith('+') && MessageRules.IsTagName(each.Split('=')[0])));

    private static bool IsTalk(string talk) => talk.StartsWith(NameRules.RoomMark)
        ? IsRoom(talk) && CaseMapping.Fold(talk) == talk
        : talk.Split(' ') is [var one, var other] && IsNick(one) && IsNick(other);

    private static bool IsOf(string personId, string server) =>
        IsId(personId) && personId.StartsWith($"{server}/", StringComparison.Ordinal);

    private static bool IsLimit(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0;

    private static bool IsStanding(Standing standing) => (standing & ~(Standing.Voice | Standing.Operator)) == 0;

    private static bool IsNick(string text) => NameRules.IsNick(text, MaxIdLength);

    private static bool IsRoom(string text) => NameRules.IsRoom(text, MaxIdLength) && StoredRules.IsText(text);

    private static bool IsUser(string text) => IsWord(text) && !text.AsSpan().ContainsAny('!', '@');

    private static bool IsKey(string text) => IsWord(text) && !text.Contains(',', StringComparison.Ordinal);

    private static bool IsId(string text) => text.Length <= MaxIdLength && IsWord(text);

    private static bool IsWord(string text) => IsWord(text, MaxTextBytes);

    private static bool IsWord(string text, int maxBytes) => MessageRules.IsMiddle(text) && IsText(text, maxBytes);

    private static bool IsText(string text) => IsText(text, MaxTextBytes);

    private static bool IsText(string text, int maxBytes) =>
        text.Length <= maxBytes
        && Encoding.UTF8.GetByteCount(text) <= maxBytes
        && !text.AsSpan().ContainsAny('\r', '\n')
        && StoredRules.IsText(text);
}
