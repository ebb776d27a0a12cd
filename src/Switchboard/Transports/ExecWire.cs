using System.ComponentModel;
using System.Diagnostics;
using Switchboard.Connections;

namespace Switchboard.Transports;

/// <summary>
/// A program that runs: what it writes is received, what is sent it reads. It is given two seconds to end by itself
/// when it has closed its output, and again when the wire is closed; after that it is killed with all it has started.
/// </summary>
internal sealed class ExecWire : StreamWire
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ExecEndpoint _program;
    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Stream _standardInput;
    private readonly Task _exited;

    /// <param name="program">What was started.</param>
    /// <param name="process">It, with standard input and output redirected; owned from now on.</param>
    /// <param name="time">Measures the patience.</param>
    public ExecWire(ExecEndpoint program, Process process, TimeProvider time)
        : base(program, program, process.StandardOutput.BaseStream, process.StandardInput.BaseStream)
    {
        _program = program;
        _process = process;
        _time = time;
        _standardInput = process.StandardInput.BaseStream;
        _exited = process.WaitForExitAsync(CancellationToken.None);
    }

    protected override string NobodyReads => "the program no longer reads its input";

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) =>
        _standardInput.DisposeAsync();

    protected override async ValueTask CheckEndAsync(CancellationToken cancellationToken)
    {
        if (await HasExitedAsync(cancellationToken).ConfigureAwait(false) && _process.ExitCode != 0)
        {
            throw new ProgramFailedException("receive", _program, _process.ExitCode);
        }
    }

    protected override void Release(Stream input, Stream output, bool isAborted)
    {
        if (isAborted)
        {
            Kill();
        }

        output.Dispose();
        input.Dispose();
        EndAsync().MayBeGivenUp();
    }

    private async Task EndAsync()
    {
        if (!await HasExitedAsync(CancellationToken.None).ConfigureAwait(false))
        {
            Kill();
            await _exited.ConfigureAwait(false);
        }

        _process.Dispose();
    }

    private async ValueTask<bool> HasExitedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _exited.WaitAsync(Patience, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It was faster, or some of what it has started has other rights than this process.
        }
    }
}
