namespace Switchboard.Engines.Epoll;

/// <summary>Has an operation look at its token when that is cancelled.</summary>
internal sealed class TokenWatch
{
    private readonly CancellationTokenRegistration _registration;

    public TokenWatch(Operation operation, CancellationToken token)
    {
        Token = token;
        _registration = token.UnsafeRegister(static one => ((Operation)one!).Reconsider(), operation);
    }

    public CancellationToken Token { get; }

    public void End() => _registration.Unregister();
}
