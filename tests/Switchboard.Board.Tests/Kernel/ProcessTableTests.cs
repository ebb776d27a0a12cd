using Switchboard.Board.Kernel;

namespace Switchboard.Board.Tests.Kernel;

public sealed class ProcessTableTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("switchboard-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_owners_are_those_with_a_descriptor_in_order_of_their_numbers()
    {
        AddProcess("4711", "nginx", "/dev/null", "socket:[7]", "socket:[7]", "socket:[8]");
        AddProcess("99", "nginx", "socket:[7]", "pipe:[8]");
        AddProcess("self", "nginx", "socket:[7]");

        var owners = new ProcessTable(_root).OwnersOf(new HashSet<long> { 7 });

        Assert.Equal([new OwningProcess(99, "nginx"), new OwningProcess(4711, "nginx")], owners[7]);
        Assert.Empty(owners[8]);
    }

    [Fact]
    public void A_process_that_cannot_be_looked_at_is_passed_over()
    {
        Directory.CreateDirectory(Path.Combine(_root, "5"));
        AddProcess("6", "sshd", "socket:[7]");

        Assert.Equal([new OwningProcess(6, "sshd")], new ProcessTable(_root).OwnersOf(new HashSet<long> { 7 })[7]);
    }

    private void AddProcess(string id, string name, params string[] descriptors)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, id, "fd"));
        File.WriteAllText(Path.Combine(_root, id, "comm"), name + "\n");
        foreach (var (number, target) in descriptors.Index())
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, $"{number}"), target);
        }
    }
}
