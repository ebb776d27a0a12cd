using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Switchboard.Board.Kernel;

/// <summary>How many bytes wait in a socket; null for what this system does not tell, which is not 0.</summary>
/// <param name="Unread">Received, and the program has not taken them. A pending FIN does not count.</param>
/// <param name="Unacknowledged">Taken from the program, and the peer's system has not confirmed them.</param>
/// <param name="Unsent">Of these, how many have never been sent.</param>
internal readonly record struct SocketQueues(int? Unread, int? Unacknowledged, int? Unsent)
{
    private const nuint UnreadRequest = 0x541B;
    private const nuint UnacknowledgedRequest = 0x5411;
    private const nuint UnsentRequest = 0x894B;

    /// <summary>Asks the kernel about a socket of this process: three system calls, less than a microsecond.</summary>
    [SupportedOSPlatform("linux")]
    public static SocketQueues Read(SafeHandle socket) => new(
        Ask(socket, UnreadRequest), Ask(socket, UnacknowledgedRequest), Ask(socket, UnsentRequest));

    private static int? Ask(SafeHandle socket, nuint request) =>
        Libc.AskForNumber(socket, request, out var bytes) == 0 ? bytes : null;
}
