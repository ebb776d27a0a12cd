using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Switchboard.Serving.Processes;

/// <summary>
/// The processes that were started here and have not ended. Invariant: a process is waited for, which gives its number
/// back to the system, only under the lock under which signals are sent: no signal ever reaches a stranger.
/// </summary>
internal static class Children
{
    private const int DoNotWait = 1;

    private static readonly Lock Access = new();
    private static readonly Dictionary<int, Child> Running = [];
    private static PosixSignalRegistration? _listening;

    /// <summary>Starts a process and looks after it.</summary>
    /// <param name="start">Gives its number.</param>
    [SuppressMessage("Interoperability", "CA1416", Justification = "Nobody comes here but on Linux.")]
    public static Child Start(Func<int> start)
    {
        lock (Access)
        {
            // Before the first one can end: the kernel tells of each end once.
            _listening ??= PosixSignalRegistration.Create(PosixSignal.SIGCHLD, static _ => LookAround());
            var child = new Child(start());
            Running.Add(child.Id, child);
            return child;
        }
    }

    public static void Signal(Child child, int signal)
    {
        lock (Access)
        {
            if (Running.ContainsKey(child.Id))
            {
                _ = kill(-child.Id, signal);
            }
        }
    }

    private static void LookAround()
    {
        var ended = new List<(Child Child, ChildStatus Status)>();
        lock (Access)
        {
            foreach (var child in Running.Values)
            {
                var result = waitpid(child.Id, out var status, DoNotWait);
                if (result != 0)
                {
                    // Less than 0: somebody else has waited for it, and knows how it ended.
                    ended.Add((child, new ChildStatus(result > 0 ? status : 0)));
                }
            }

            ended.ForEach(one => Running.Remove(one.Child.Id));
        }

        ended.ForEach(one => one.Child.NoteExit(one.Status));
    }

#pragma warning disable IDE1006, SYSLIB1054 // The C names; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true)]
    private static extern int kill(int process, int signal);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int waitpid(int process, out int status, int options);
#pragma warning restore IDE1006, SYSLIB1054
}
