namespace Switchboard;

/// <summary>The process at the other end of a unix socket, as it was when it connected, in the kernel's word.</summary>
/// <param name="ProcessId">
/// Its process id. The process may have ended since, and the number been given to another.
/// </param>
/// <param name="UserId">Its effective user id.</param>
/// <param name="GroupId">Its effective group id.</param>
public sealed record PeerCredentials(int ProcessId, int UserId, int GroupId);
