using System.Security.Cryptography;
using System.Text;

namespace Bank.Protocol;

/// <summary>One tier at a time makes what a folder lacks; those that start with it wait, and find it made.</summary>
public static class FolderTurn
{
    /// <summary>Waits until nobody else on this machine is at it, for this folder, and does the work.</summary>
    public static void Take(string folder, Action work)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))));
        using var turn = new Mutex(initiallyOwned: false, $@"Global\switchboard-bank-{name}");
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Who had it was killed; what that one has left half made is looked at like all else.
        }

        try
        {
            work();
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }
}
