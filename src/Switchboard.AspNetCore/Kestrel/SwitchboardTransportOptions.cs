namespace Switchboard.AspNetCore;

/// <summary>How Kestrel's connections are listened for, received from and sent to.</summary>
public sealed record SwitchboardTransportOptions
{
    /// <summary>
    /// How to listen: the engine, the backlog, how connections close. Its TLS stays null: that is Kestrel's to do, with
    /// <c>UseHttps</c>.
    /// </summary>
    /// <exception cref="ArgumentException">It has options of TLS.</exception>
    public Switchboard.ListenOptions Listen { get; init => field = Checked(value); } = new();

    /// <summary>
    /// How many bytes of one connection may be received before the application has looked at them. At least 1; default
    /// 1 MiB, as Kestrel's own transport; <see cref="long.MaxValue"/> for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public long MaxReadBufferBytes { get; init => field = Checked(value); } = 1024 * 1024;

    /// <summary>
    /// How many bytes of one connection may wait for the peer before whoever writes has to wait as well. At least 1;
    /// default 64 KiB, as Kestrel's own transport; <see cref="long.MaxValue"/> for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public long MaxWriteBufferBytes { get; init => field = Checked(value); } = 64 * 1024;

    /// <summary>Where the application's code begins. Default <see cref="ApplicationThread.Engine"/>.</summary>
    public ApplicationThread Application { get; init; } = ApplicationThread.Engine;

    private static Switchboard.ListenOptions Checked(Switchboard.ListenOptions listen) => listen.Tls is null
        ? listen
        : throw new ArgumentException(
            "TLS of HTTP is Kestrel's: leave Listen.Tls null and call UseHttps on the endpoint.", nameof(listen));

    private static long Checked(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return bytes;
    }
}
