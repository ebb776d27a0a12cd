using Switchboard.Chat;

namespace Switchboard.Cli.Failures;

/// <summary>Why a chat server does not do what was asked.</summary>
internal static class ChatFailures
{
    public static Failure Explain(ChatRefusedException error) => new(
        IsAboutWhoThisIs(error.Code) ? ExitCode.NotTrusted : ExitCode.Failed,
        "the chat server refused.",
        error.Message,
        NextFor(error.Code));

    private static bool IsAboutWhoThisIs(string code) =>
        code is "CAP" or "464" or "902" or "904" or "905" or "906" or "907" or "908";

    private static string? NextFor(string code) => code switch
    {
        "CAP" => "Leave --account-password-file out, or find a server with accounts.",
        "432" or "433" => "Take another one with --nick NAME.",
        "473" => "Ask somebody in the room to invite you.",
        "475" => "The room has a key: on a terminal, /join ROOM KEY",
        _ when IsAboutWhoThisIs(code) => "Check --account and the password.",
        _ => null,
    };
}
