using System.ComponentModel;
using System.Diagnostics;

namespace Switchboard.Transports;

/// <summary>Starts a program and talks with it through its standard input and output.</summary>
internal sealed class ExecTransport : ITransport
{
    private const int NoSuchFile = 2;
    private const int NotAllowed = 13;

    public static ExecTransport Instance { get; } = new();

    public ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var program = DefaultTransports.Expect<ExecEndpoint>(endpoint);
        cancellationToken.ThrowIfCancellationRequested();
        return new(new ExecWire(program, Start(program), options.Connection.TimeProvider));
    }

    public ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken) => throw new ArgumentException(
            $"{endpoint} is a program, which can be connected to and not listened at.", nameof(endpoint));

    private static Process Start(ExecEndpoint program)
    {
        // The framework would look into the current folder before PATH, where anybody may have put a file.
        var file = ProgramFile.Find(program.Program) ?? throw NotStarted(program, NoSuchFile, null);
        try
        {
            return Process.Start(new ProcessStartInfo(file, program.Arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        }
        catch (Win32Exception error)
        {
            throw NotStarted(program, error.NativeErrorCode, error);
        }
    }

    private static ConnectionException NotStarted(ExecEndpoint program, int errorNumber, Exception? error) => new(
        "connect",
        null,
        program,
        errorNumber switch
        {
            NoSuchFile when ProgramFile.IsPath(program.Program) =>
                $"there is no program at {program.Program}. Check the path",
            NoSuchFile =>
                $"there is no program {program.Program} in the folders of PATH. Check the spelling, or write its path",
            NotAllowed =>
                $"{program.Program} is no program that this user may run. Check its mode, as ls -l shows it",
            _ => $"{program.Program} cannot be started ({new Win32Exception(errorNumber).Message})",
        },
        error);
}
