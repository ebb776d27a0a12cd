using System.Net;

namespace Switchboard.Board.Lab.Calls;

/// <summary>All sockets of one lesson by their names, and where its servers are.</summary>
internal sealed class LabSockets : IDisposable
{
    /// <summary>More than any lesson needs.</summary>
    public const int MaxSockets = 32;

    private readonly List<LabSocket> _all = [];
    private readonly Dictionary<int, LabSocket> _nobodies = [];
    private string? _folder;

    public IReadOnlyList<LabSocket> All => _all;

    /// <summary>
    /// A server that the learner runs: everything that connects, connects there. Null for the lesson's own.
    /// </summary>
    public IPEndPoint? ForeignServer { get; init; }

    /// <summary>The socket of this name; one that was never made is like one that was closed.</summary>
    public LabSocket this[string name] =>
        Find(name) ?? new LabSocket(name, "", LabSocketKind.Tcp, descriptor: -1);

    public LabSocket? Find(string? name) => _all.FirstOrDefault(socket => socket.Name == name);

    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public LabSocket Add(LabSocket made)
    {
        if (_all.Count == MaxSockets)
        {
            made.Dispose();
            throw new InvalidOperationException($"A lesson has at most {MaxSockets} sockets.");
        }

        _all.Add(made);
        return made;
    }

    /// <summary>Where a call goes to. A server that is not there yet is nobody: the kernel will say so.</summary>
    public IPEndPoint AddressOf(string name, string? address, LabSocketKind kind)
    {
        var at = (kind == LabSocketKind.Tcp ? ForeignServer : null) ?? Find(name)?.Local ?? Nobody(kind);
        var host = address is not null ? IPAddress.Parse(address)
            : at.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : at.Address;
        return new IPEndPoint(host, at.Port);
    }

    /// <summary>The path of a name in the file system that is this lesson's alone.</summary>
    public string PathOf(string name)
    {
        _folder ??= Directory.CreateTempSubdirectory("switchboard-lab-").FullName;
        return Path.Combine(_folder, name);
    }

    public void Dispose()
    {
        foreach (var socket in _all.Concat(_nobodies.Values))
        {
            socket.Dispose();
        }

        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    // The port is ours, so nobody can come to listen there: bound and never listening, or hearing only itself.
    private IPEndPoint Nobody(LabSocketKind kind)
    {
        var type = kind == LabSocketKind.Udp ? SystemCalls.Datagram : SystemCalls.Stream;
        if (!_nobodies.TryGetValue(type, out var nobody))
        {
            var descriptor = SystemCalls.Socket(
                SystemCalls.InternetFamily, type | SystemCalls.NonBlockingCloseOnExec, protocol: 0);
            nobody = new LabSocket(Lessons.LessonCheck.Nobody, "", kind, descriptor);
            _ = SystemCalls.Bind(descriptor, Address.Of(new IPEndPoint(IPAddress.Loopback, 0)), Address.Length);
            nobody.Local = Address.LocalOf(descriptor);
            if (kind == LabSocketKind.Udp)
            {
                _ = SystemCalls.Connect(descriptor, Address.Of(nobody.Local!), Address.Length);
            }

            _nobodies.Add(type, nobody);
        }

        return nobody.Local!;
    }
}
