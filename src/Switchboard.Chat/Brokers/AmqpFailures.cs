using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace Switchboard.Chat.Brokers;

/// <summary>What a broker's driver throws, in our words.</summary>
internal static class AmqpFailures
{
    // AMQP's reply codes.
    private const int AccessRefused = 403;
    private const int NotAllowed = 530;
    private const int PreconditionFailed = 406;

    /// <summary>Whether the broker or the way to it is the reason, and not who has given up waiting.</summary>
    public static bool AreOfBroker(Exception error, CancellationToken givenUp) =>
        AreOfBroker(error) || (error is OperationCanceledException && !givenUp.IsCancellationRequested);

    public static bool AreOfBroker(Exception error) =>
        error is RabbitMQClientException or IOException or SocketException or TimeoutException
            or ObjectDisposedException
        || (error is AggregateException all && all.InnerExceptions.All(AreOfBroker));

    public static ChatBrokerException Explain(string doing, string broker, Exception error)
    {
        var (why, isRefusal) = Meaning(error);
        return new ChatBrokerException($"Cannot {doing} {broker}: {why}.", error) { IsRefusal = isRefusal };
    }

    private static (string Why, bool IsRefusal) Meaning(Exception error)
    {
        if (Find<AuthenticationFailureException>(error) is not null
            || Find<PossibleAuthenticationFailureException>(error) is not null)
        {
            return ($"it refuses the user or the password; set {AmqpName.PasswordVariable}", true);
        }

        if (Find<OperationInterruptedException>(error)?.ShutdownReason is not { } reply)
        {
            return (Deepest(error).Message.TrimEnd('.'), false);
        }

        return reply.ReplyCode switch
        {
            AccessRefused when reply.ReplyText.Contains("exclusive", StringComparison.Ordinal) =>
                ("another server of this name is connected; each needs a name of its own", true),
            AccessRefused or NotAllowed => ($"it does not allow that: {reply.ReplyText}", true),
            PreconditionFailed => ($"what is there has other properties: {reply.ReplyText}", true),
            _ => (reply.ReplyText, false),
        };
    }

    private static T? Find<T>(Exception? error)
        where T : Exception => error switch
        {
            null => null,
            T found => found,
            AggregateException all => all.InnerExceptions.Select(Find<T>).FirstOrDefault(each => each is not null),
            _ => Find<T>(error.InnerException),
        };

    private static Exception Deepest(Exception error) =>
        error.InnerException is { } inner ? Deepest(inner) : error;
}
