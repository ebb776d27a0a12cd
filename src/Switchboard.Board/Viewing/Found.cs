using Switchboard.Board.Kernel;
using Switchboard.Board.Watching;

namespace Switchboard.Board.Viewing;

/// <summary>What a page's question found.</summary>
/// <param name="Rows">Those in its window.</param>
/// <param name="Matching">How many match in all.</param>
/// <param name="States">How many would match in each state, whichever it asks for.</param>
internal sealed record Found(
    List<WatchedSocket> Rows, int Matching, IReadOnlyDictionary<SocketState, int> States);
