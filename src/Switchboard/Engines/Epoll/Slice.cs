namespace Switchboard.Engines.Epoll;

/// <summary>
/// How much one piece of work may still do on a loop before the others have their turn: otherwise a handler whose peer
/// is always faster would never wait, and never let anybody else in.
/// </summary>
internal sealed class Slice
{
    private const int StepsGranted = 64;
    private const int BytesPerStep = 16 * 1024;

    [ThreadStatic]
    private static Slice? _current;

    private int _left;

    /// <summary>The calling thread's; null where nothing has to be shared: on threads that run no loop.</summary>
    public static Slice? Current => _current;

    public bool IsSpent => _left <= 0;

    public static Slice BeginOnThisThread() => _current = new Slice();

    public static void EndOnThisThread() => _current = null;

    public void Renew() => _left = StepsGranted;

    public void Spend(int bytes) => _left -= 1 + (bytes / BytesPerStep);
}
