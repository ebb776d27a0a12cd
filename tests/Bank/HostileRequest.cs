using System.Text;
using Bank.Protocol;

namespace Bank.Tests;

/// <summary>
/// Something that a web tier in the wrong hands would send, and what it has to be answered: a frame without its length.
/// </summary>
internal sealed record HostileRequest(string Name, BankError Error, byte[] Frame)
{
    public static HostileRequest Of(string name, BankError error, BankRequest request, string? token) =>
        new(name, error, BankFrame.Write(7, request with { Token = token }));

    public static HostileRequest Json(string name, BankError error, string json) =>
        new(name, error, [BankFrame.Version, 0, 0, 0, 0, 0, 0, 0, 7, .. Encoding.UTF8.GetBytes(json)]);
}
