using Microsoft.AspNetCore.Http;

namespace Switchboard.Board.Serving;

/// <summary>
/// A part of the site with a path of its own. Its files are in the folder of that name in <c>Page</c> and are shown
/// without it; every other request below the path comes here, and only those of browsers that may.
/// </summary>
internal interface IBoardPart
{
    /// <summary>What its paths begin with: <c>/lab</c>.</summary>
    PathString Path { get; }

    /// <summary>
    /// Answers one request. Its host was looked at, it has the token, and if it could change anything or is a
    /// WebSocket, it comes from a page of this site.
    /// </summary>
    /// <param name="http">The request; one that nobody answers gets 404.</param>
    /// <param name="stopping">Cancelled when the board stops, and every WebSocket has to end.</param>
    Task AnswerAsync(HttpContext http, CancellationToken stopping);
}
