namespace Switchboard.Chat.Servers.Letters;

/// <summary>What one server tells the others.</summary>
/// <remarks><c>From</c>: who tells it; <c>Run</c>: chosen by chance when that server started.</remarks>
internal abstract record Letter(string From, string Run);
