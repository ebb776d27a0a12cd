#:project ../src/Switchboard/Switchboard.csproj
#:project ../src/Switchboard.Chat/Switchboard.Chat.csproj
// A chat bot: joins a room of any IRC server, and answers !time, !reverse TEXT and !echo TEXT.
//   dotnet run samples/chat-bot.cs                      at port 6667 of this machine, in #bots
//   dotnet run samples/chat-bot.cs ENDPOINT ROOM        elsewhere
using Switchboard;
using Switchboard.Chat;

Endpoint endpoint = args is [var at, ..] ? at : ":6667";
await using var chat = await ChatClient.ConnectAsync(endpoint, new ChatClientOptions { Nick = "bot" });
await chat.JoinAsync(args is [_, var room] ? room : "#bots");
Console.WriteLine($"Here as {chat.Nick}. Ctrl-C stops.");

await foreach (var happened in chat.ReceiveAllAsync())
{
    // Not to what it said itself, not to programs, and not to what was said while it was away.
    if (happened is not ChatSaid { IsOwn: false, IsMissed: false, Kind: ChatSaidKind.Message } said)
        continue;

    var answer = said.Text.Split(' ', 2) switch
    {
        ["!time"] => $"It is {TimeProvider.System.GetUtcNow():HH:mm} UTC.",
        ["!reverse", var text] => string.Concat(text.EnumerateRunes().Reverse()),
        ["!echo", var text] => text,
        _ => null,
    };
    if (answer is not null)
        await chat.SayAsync(said.Talk, $"{said.Nick}: {answer}", ChatSaidKind.Notice);
}
