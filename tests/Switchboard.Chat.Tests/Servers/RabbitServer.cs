using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Switchboard.Chat.Tests.Servers;
using Switchboard.Tests;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Transports.Tls;

[assembly: AssemblyFixture(typeof(RabbitServer))]

namespace Switchboard.Chat.Tests.Servers;

/// <summary>
/// A RabbitMQ of the test run's own, in a temporary folder and on ports of its own, one of them for TLS, started when a
/// test first asks for it. It ends with the run, however that ends: its keeper waits for the end of a pipe.
/// </summary>
public sealed class RabbitServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    // The broker finds the port mapper that is there already, so that both are stopped by who started them.
    private const string Keeper =
        """
        export HOME="$0" ERL_EPMD_PORT="$2" ERL_EPMD_ADDRESS=127.0.0.1
        export RABBITMQ_NODENAME=test@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
        export RABBITMQ_NODE_PORT="$1" RABBITMQ_DIST_PORT="$3" RABBITMQ_PID_FILE="$0/pid"
        export RABBITMQ_MNESIA_BASE="$0/db" RABBITMQ_LOG_BASE="$0/log" RABBITMQ_CONFIG_FILE="$0/rabbit"
        export RABBITMQ_ENABLED_PLUGINS_FILE="$0/plugins" RABBITMQ_CONF_ENV_FILE="$0/none"
        export RABBITMQ_GENERATED_CONFIG_DIR="$0/config"
        export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
        epmd -port "$2" -address 127.0.0.1 < /dev/null &
        mapper=$!
        while read -r word; do
            if [ "$word" = start ]; then "$4" < /dev/null & server=$!; fi
            if [ "$word" = kill ]; then kill -9 "$(cat "$0/pid")"; wait "$server"; rm -f "$0/pid"; echo killed; fi
        done
        kill -9 "$(cat "$0/pid")"
        wait "$server"
        kill "$mapper"
        wait "$mapper"
        rm -rf "$0"
        """;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"switchboard-mq-{Guid.NewGuid():N}"[..28]);
    private readonly Lazy<Task> _started;
    private readonly int _port = FreePort.Next();
    private readonly int _tlsPort = FreePort.Next();
    private Process? _keeper;
    private TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RabbitServer() => _started = new Lazy<Task>(StartAsync);

    /// <summary>A line that names it, with a user and a password.</summary>
    public string Address(string userAndPassword) => $"amqp://{userAndPassword}@127.0.0.1:{_port}";

    /// <summary>The same over TLS, with a certificate that only who knows <see cref="Roots"/> believes.</summary>
    public string TlsAddress(string userAndPassword) => $"amqps://{userAndPassword}@127.0.0.1:{_tlsPort}";

    /// <summary>The file of the authority that the broker's certificate is of.</summary>
    public string Roots => Path.Combine(_folder, "roots.pem");

    public Task WaitUntilStartedAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "RabbitMQ is not installed (Debian's package rabbitmq-server).");
        return _started.Value;
    }

    /// <summary>Kills it as the kernel would.</summary>
    public async Task KillAsync()
    {
        _killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await TellAsync("kill");
        await _killed.Task.Soon();
    }

    public async Task StartAgainAsync()
    {
        await TellAsync("start");
        await WaitForAnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync().Soon();
            _keeper.Dispose();
        }
    }

    private async Task StartAsync()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "plugins"), "[].\n");
        await WriteTlsAsync();
        var start = new ProcessStartInfo(
            "sh", ["-c", Keeper, _folder, $"{_port}", $"{FreePort.Next()}", $"{FreePort.Next()}", Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        _keeper = Process.Start(start)!;
        _keeper.OutputDataReceived += (_, said) => NoteSaid(said.Data);
        _keeper.ErrorDataReceived += static (_, _) => { };
        _keeper.BeginOutputReadLine();
        _keeper.BeginErrorReadLine();
        await StartAgainAsync();
    }

    private async Task WriteTlsAsync()
    {
        var authority = new TestAuthority();
        using var issued = authority.IssueBare("127.0.0.1");
        using var key = issued.GetECDsaPrivateKey()!;
        var (certificate, keyFile) = (Path.Combine(_folder, "own.pem"), Path.Combine(_folder, "key.pem"));
        await File.WriteAllTextAsync(Roots, authority.Roots[0].ExportCertificatePem());
        await File.WriteAllTextAsync(certificate, issued.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "rabbit.conf"),
            $"""
            listeners.ssl.1 = 127.0.0.1:{_tlsPort}
            ssl_options.certfile = {certificate}
            ssl_options.keyfile = {keyFile}

            """);
    }

    private void NoteSaid(string? line)
    {
        if (line == "killed")
        {
            _killed.TrySetResult();
        }
    }

    private async Task TellAsync(string word)
    {
        await _keeper!.StandardInput.WriteLineAsync(word);
        await _keeper.StandardInput.FlushAsync();
    }

    private async Task WaitForAnswerAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            try
            {
                // A name nobody else uses: it leaves an empty queue behind.
                var broker = ChatBroker.Parse(Address("guest"));
                await using var link = await broker.ConnectAsync("probe", "probe", patience.Token);
                return;
            }
            catch (ChatBrokerException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
