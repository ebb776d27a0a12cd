using System.Collections.Frozen;

namespace Switchboard.Chat.Delivery;

/// <summary>What capabilities are called in the protocol.</summary>
internal static class CapabilityNames
{
    public const string AccountRegistration = "draft/account-registration";

    /// <summary>All, in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, Capabilities Capability)> All { get; } =
    [
        ("account-notify", Capabilities.AccountNotify),
        ("account-tag", Capabilities.AccountTag),
        ("away-notify", Capabilities.AwayNotify),
        ("batch", Capabilities.Batch),
        ("cap-notify", Capabilities.CapNotify),
        (AccountRegistration, Capabilities.AccountRegistration),
        ("draft/chathistory", Capabilities.ChatHistory),
        ("echo-message", Capabilities.EchoMessage),
        ("extended-join", Capabilities.ExtendedJoin),
        ("invite-notify", Capabilities.InviteNotify),
        ("labeled-response", Capabilities.LabeledResponse),
        ("message-tags", Capabilities.MessageTags),
        ("multi-prefix", Capabilities.MultiPrefix),
        ("sasl", Capabilities.Sasl),
        ("server-time", Capabilities.ServerTime),
        ("setname", Capabilities.SetName),
        ("standard-replies", Capabilities.StandardReplies),
        ("userhost-in-names", Capabilities.UserhostInNames),
    ];

    private static readonly FrozenDictionary<string, Capabilities> ByName =
        All.ToFrozenDictionary(each => each.Name, each => each.Capability);

    public static bool TryFind(string name, out Capabilities capability) => ByName.TryGetValue(name, out capability);
}
