using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Fetching;

/// <summary>Why a page did not come.</summary>
internal static class FetchFailures
{
    /// <summary>What happened, in words; the exception itself if it is nothing of HTTP.</summary>
    public static Exception Explain(Exception error, Uri url)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is ConnectionException connection)
            {
                return new FailureException(InWordsOfUrls(ConnectionFailures.Explain(connection), connection), error);
            }

            if (cause is FailureException)
            {
                return cause;
            }
        }

        var kind = (error as HttpRequestException)?.HttpRequestError ?? (error as HttpIOException)?.HttpRequestError;
        return kind is null ? error : new FailureException(Explain(kind.Value, error, url), error);
    }

    /// <summary>The server answered, and says that it did not work.</summary>
    public static FailureException FromStatus(Answer answer, string? next) => new(new Failure(
        ExitCode.ErrorStatus, $"{answer.Hop.Url} answered {answer.StatusText}.", Next: next));

    // Whether there is TLS is not said by an endpoint here.
    private static Failure InWordsOfUrls(Failure failure, ConnectionException error) =>
        error is TlsException { Failure: TlsFailure.NotTls }
            ? failure with { Next = "Write http:// if it speaks no TLS, or find the port that does." }
            : failure;

    private static Failure Explain(HttpRequestError kind, Exception error, Uri url) => kind switch
    {
        HttpRequestError.ResponseEnded => new(
            ExitCode.Failed,
            $"{url} was cut off.",
            "The server closed the connection before the end that it had announced."),
        HttpRequestError.InvalidResponse => new(
            ExitCode.Failed,
            $"{url} was not answered in HTTP/1.1.",
            error.Message,
            "See what is said there: add --raw"),
        HttpRequestError.ConfigurationLimitExceeded => new(
            ExitCode.Failed, $"{url} was answered with too many headers.", error.Message),
        _ => new(ExitCode.Failed, $"{url} could not be fetched.", error.Message),
    };
}
