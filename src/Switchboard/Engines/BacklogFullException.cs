namespace Switchboard.Engines;

/// <summary>
/// A unix socket's backlog is full. Unlike TCP the kernel does not wait for a place but says so at once, and whoever
/// connects has to try again.
/// </summary>
internal sealed class BacklogFullException(Endpoint remote, Exception innerException)
    : ConnectionException("connect", null, remote, "the listener's backlog is full", innerException);
