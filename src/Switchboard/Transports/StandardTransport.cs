using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Transports;

/// <summary>The standard input and output of this process as a connection, of which there is one.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The streams are the process's.")]
internal sealed class StandardTransport : ITransport
{
    private int _isTaken;

    public static StandardTransport Instance { get; } = new();

    public ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var standard = DefaultTransports.Expect<StandardEndpoint>(endpoint);
        cancellationToken.ThrowIfCancellationRequested();
        if (!StandardDescriptors.AreGiven)
        {
            throw new ConnectionException(
                "connect", null, standard,
                "this process was started without a standard input or output. Give it both, if only /dev/null");
        }

        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            throw new InvalidOperationException(
                "connect -: a process has one standard input and output, and they were connected before.");
        }

        return new(new StandardWire(
            Console.OpenStandardInput(), StandardOutput.Open(), StandardOutput.CanBeFinished, StandardOutput.Finish));
    }

    public ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken) => throw new ArgumentException(
            $"{endpoint} is this process's input and output, which can be connected to and not listened at.",
            nameof(endpoint));
}
