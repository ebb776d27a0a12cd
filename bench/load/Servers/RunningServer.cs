using System.Diagnostics;
using System.Text;
using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Servers;

/// <summary>A server in a process of its own, which ends when this is disposed.</summary>
internal sealed class RunningServer : IDisposable
{
    private static readonly TimeSpan MaxStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private RunningServer(ServerKind kind, int port, Process process)
    {
        Kind = kind;
        Port = port;
        _process = process;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    public ServerKind Kind { get; }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <returns>Once it accepts connections.</returns>
    /// <exception cref="ServerFailedException">It did not start.</exception>
    public static RunningServer Start(ServerKind kind, Cores cores) => Start(kind, cores, FreePort.Take());

    /// <inheritdoc cref="Start(ServerKind, Cores)"/>
    public static RunningServer Start(ServerKind kind, Cores cores, int port)
    {
        var start = Programs.StartOf([.. kind.Start.Select(part => part.Replace(ServerKind.Port, $"{port}"))]);
        foreach (var (name, value) in kind.Environment)
        {
            start.Environment[name] = value;
        }

        var server = new RunningServer(kind, port, StartOn(cores, start));
        try
        {
            server.WaitUntilReady();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Asks a server of ours on its standard input.</summary>
    /// <returns>What it answered behind the question's word.</returns>
    public string Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw Failed("ended");
        return answer.StartsWith(question + " ", StringComparison.Ordinal) ? answer[(question.Length + 1)..] : answer;
    }

    public void Dispose()
    {
        RunningServers.Forget(_process);
        RunningServers.End(_process);
        _process.Dispose();
    }

    // Runtimes count the cores they may use when they start: the child has to be at its place before its first step.
    private static Process StartOn(Cores cores, ProcessStartInfo start)
    {
        if (!Cores.CanPin)
        {
            return RunningServers.Start(start);
        }

        Affinity.PinThread(cores.Servers);
        try
        {
            return RunningServers.Start(start);
        }
        finally
        {
            Affinity.PinThread([cores.Generator]);
        }
    }

    private void WaitUntilReady()
    {
        var ready = Kind.Readiness == Readiness.Line ? WaitForLine() : WaitForAccept();
        if (!ready)
        {
            throw Failed("did not start to listen");
        }
    }

    private bool WaitForLine()
    {
        var line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(MaxStart) && line.Result == $"listening {Port}";
    }

    private bool WaitForAccept()
    {
        // Nobody reads what the tools print, so that it must not fill the pipe.
        _process.BeginOutputReadLine();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < MaxStart && !_process.HasExited)
        {
            try
            {
                LoopbackSocket.Close(LoopbackSocket.Connect(Port));
                return true;
            }
            catch (KernelException)
            {
                Thread.Sleep(LookInterval);
            }
        }

        return false;
    }

    private ServerFailedException Failed(string what)
    {
        lock (_errors)
        {
            return new ServerFailedException($"{Kind.Name} {what}. {_errors.ToString().Split('\n')[0]}".TrimEnd());
        }
    }

    private void Keep(string? line)
    {
        const int MaxCharacters = 4096;
        lock (_errors)
        {
            if (_errors.Length < MaxCharacters)
            {
                _errors.AppendLine(line);
            }
        }
    }
}
