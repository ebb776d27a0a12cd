using System.Globalization;

namespace Switchboard.Files.Tests;

/// <summary>Makes receivers and senders that meet in memory, on a network that nobody else is on.</summary>
internal sealed class TwoEnds
{
    // Peers of these tests stall on purpose or not at all; a machine that is busy with much else is slow.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static int _lastName;

    public TwoEnds(ITransport? transport = null)
    {
        Transport = transport ?? new MemoryTransport();
        Endpoint = $"memory:files-{Interlocked.Increment(ref _lastName).ToString(CultureInfo.InvariantCulture)}";
    }

    public ITransport Transport { get; }

    public Endpoint Endpoint { get; }

    /// <summary>How a receiver in these tests listens.</summary>
    public FileReceiverOptions Into(string folder) => new()
    {
        Folder = folder,
        Listen = new ListenOptions { Transport = Transport },
        Limits = new TransferLimits { MinFreeBytes = 0, ProofTimeout = Patience },
    };

    public Task<FileReceiver> StartAsync(FileReceiverOptions options) => FileReceiver.StartAsync(Endpoint, options);

    public Task<FileReceiver> StartAsync(string folder) => StartAsync(Into(folder));

    public FileSender NewSender(params string[] paths)
    {
        var sender = new FileSender(new FileSenderOptions
        {
            Connect = new ConnectOptions { Transport = Transport, Timeout = Patience },
            ProofTimeout = Patience,
        });
        foreach (var path in paths)
        {
            sender.Add(path);
        }

        return sender;
    }
}
