namespace Switchboard.Chat.Clients;

/// <summary>What came of registering.</summary>
/// <param name="Nick">The nick that the server gave.</param>
/// <param name="Server">What it calls itself.</param>
/// <param name="Support">What it can do.</param>
internal sealed record Registered(string Nick, string Server, ChatSupport Support);
