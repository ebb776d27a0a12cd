namespace Switchboard.Cli.Fetching;

/// <summary>What a server answered, its body not yet read. Disposing it closes the connection.</summary>
/// <param name="hop">What was asked.</param>
/// <param name="response">Owned.</param>
/// <param name="line">Owned: the connection that the body comes over.</param>
internal sealed class Answer(Hop hop, HttpResponseMessage response, Line line) : IAsyncDisposable
{
    public Hop Hop => hop;

    public HttpResponseMessage Response => response;

    public int Status => (int)response.StatusCode;

    /// <summary>Whether the server says that it worked.</summary>
    public bool IsSuccess => response.IsSuccessStatusCode;

    /// <summary><c>404 Not Found</c>, as the server wrote it.</summary>
    public string StatusText => $"{Status} {response.ReasonPhrase}".TrimEnd();

    /// <summary>How much is still to come; null if the server does not say.</summary>
    public long? Length => response.Content.Headers.ContentLength;

    /// <summary>Status line and headers, nearly as they were sent: the order is the client's.</summary>
    public string Head
    {
        get
        {
            var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}\r\n"));
            return $"HTTP/{response.Version} {StatusText}\r\n{string.Concat(headers)}\r\n";
        }
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await line.DisposeAsync();
    }
}
