using Switchboard.Chat;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.ChatServing;

/// <summary>A plan that became a chat.</summary>
internal sealed class RunningChat : IAsyncDisposable
{
    private readonly IChatStore _store;

    private RunningChat(ChatPlan plan, ChatServer server, ChatLimits limits, IChatStore store)
    {
        Plan = plan;
        Server = server;
        Limits = limits;
        _store = store;
    }

    public ChatPlan Plan { get; }

    public ChatServer Server { get; }

    /// <summary>What its people are granted, whichever way they come.</summary>
    public ChatLimits Limits { get; }

    /// <exception cref="FailureException">A file, a name or the database is not as it must be.</exception>
    public static async Task<RunningChat> StartAsync(
        ChatPlan plan, TimeSpan idleTimeout, Surroundings surroundings, EventLog log)
    {
        var defaults = new ChatOptions();
        var options = new ChatOptions
        {
            Name = plan.Name ?? defaults.Name,
            Network = plan.Network ?? defaults.Network,
            Motd = plan.MotdFile is { } motd ? ReadLines(motd, "--motd", surroundings) : [],
            Password = plan.PasswordFile is { } file ? FirstLine(file, surroundings) : null,
            TakesRegistrations = plan.TakesRegistrations,
            TimeProvider = surroundings.Time,
            Observer = new ChatEvents(log),
            Limits = Awake(defaults.Limits, idleTimeout),
            Broker = plan.Broker is { } broker ? FindBroker(broker, plan) : null,
        };
        var store = await OpenAsync(plan, surroundings);
        RunningChat chat;
        try
        {
#pragma warning disable CA2000 // It is owned by what is returned.
            chat = new RunningChat(plan, new ChatServer(options with { Store = store }), options.Limits, store);
#pragma warning restore CA2000
        }
        catch (ArgumentException error)
        {
            await store.DisposeAsync();
            throw new FailureException(
                new Failure(ExitCode.Usage, "the chat cannot be called so.", error.Message), error);
        }

        if (options.Broker is not null)
        {
            await JoinServersAsync(chat, surroundings);
        }

        return chat;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static IChatBroker FindBroker(string broker, ChatPlan plan)
    {
        if (plan.Name is null)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, "--broker needs --name.", "Each server of a chat has a name of its own.",
                "Give this one a name that no other has."));
        }

        try
        {
            return ChatBroker.Parse(broker);
        }
        catch (ArgumentException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage, "--broker names no broker.", error.Message,
                    "Write amqp://user@host, or env:NAME or @FILE where that stands."),
                error);
        }
    }

    /// <summary>A broker that is away is waited for while people chat; one that refuses is told before.</summary>
    private static async Task JoinServersAsync(RunningChat chat, Surroundings surroundings)
    {
        try
        {
            await chat.Server.JoinServersAsync(surroundings.Interrupts.Stop);
        }
        catch (ChatBrokerException error)
        {
            await chat.DisposeAsync();
            throw new FailureException(
                new Failure(
                    ExitCode.Usage, "the broker refuses this server.", error.Message,
                    "Check the user, the password, and that no other server has this name."),
                error);
        }
        catch (ChatStoreException error)
        {
            await chat.DisposeAsync();
            throw new FailureException(
                new Failure(ExitCode.Usage, "the chat's database cannot be read.", error.Message, "Check it."), error);
        }
        catch (OperationCanceledException)
        {
            await chat.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whoever is silent is asked for a sign of life before the server takes it for gone.</summary>
    private static ChatLimits Awake(ChatLimits limits, TimeSpan idleTimeout) =>
        idleTimeout == Timeout.InfiniteTimeSpan || idleTimeout > limits.PingInterval
            ? limits
            : limits with { PingInterval = idleTimeout / 2 };

    private static async Task<IChatStore> OpenAsync(ChatPlan plan, Surroundings surroundings)
    {
        var database = plan.Database ?? Path.Combine(surroundings.Folder, ChatPlan.DefaultDatabase);
        try
        {
            return await ChatStore.OpenAsync(database, surroundings.Interrupts.Stop);
        }
        catch (ArgumentException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage, "--database names no database.", error.Message,
                    "Name a file, postgres://user@host/database, or memory:."),
                error);
        }
        catch (ChatStoreException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage, "the chat's database cannot be opened.", error.Message,
                    "Name another with --database, or memory: to keep nothing."),
                error);
        }
    }

    private static string FirstLine(string file, Surroundings surroundings) =>
        ReadLines(file, "--server-password-file", surroundings) is [{ Length: > 0 } line, ..]
            ? line
            : throw new FailureException(new Failure(
                ExitCode.Usage, $"there is no password in {file}.", Next: "Write it into the first line."));

    private static string[] ReadLines(string file, string option, Surroundings surroundings)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(surroundings.Folder, file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(ExitCode.Usage, $"{option}: {file} cannot be read.", error.Message, "Check the name."),
                error);
        }
    }
}
