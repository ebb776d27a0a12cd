using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;
using Switchboard.Cli.Web;
using Switchboard.Cli.WebFiles;
using Switchboard.Files;

namespace Switchboard.Cli.Serving;

/// <summary>A plan that became a web server of files.</summary>
internal sealed class RunningFiles : IAsyncDisposable
{
    private readonly FileServer _server;
    private readonly DirectoryInfo? _ownFolder;

    private RunningFiles(ServingPlan plan, FileServer server, Engine engine, string folder, DirectoryInfo? ownFolder)
    {
        Plan = plan;
        Engine = engine;
        Folder = folder;
        _server = server;
        _ownFolder = ownFolder;
    }

    public ServingPlan Plan { get; }

    public Engine Engine { get; }

    /// <summary>What is shown.</summary>
    public string Folder { get; }

    public Endpoint Local => _server.Web.Local;

    /// <summary>What to type into a browser; null where no browser gets to.</summary>
    public string? Url => _server.Web.Url;

    public long Requests => _server.Web.Requests;

    public ServerStatistics Statistics => _server.Web.Statistics;

    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    /// <exception cref="Failures.FailureException">The plan names what cannot be had.</exception>
    public static async Task<RunningFiles> StartAsync(ServingPlan plan, Surroundings surroundings, EventLog log)
    {
        var files = plan.Files!;
        var engine = surroundings.Engines.Choose(plan.Engine);
        var login = files.LoginFile is { } source
            ? LoginSource.Read(source, plan.Listen, plan.Tls is not null, surroundings)
            : null;
        var tls = plan.Tls is { } asked
            ? WebTls.Of(asked, asked.Load(surroundings, log), surroundings.Folder)
            : null;
        var own = files.Folder is null ? Directory.CreateTempSubdirectory("switchboard-shared-") : null;
        var folder = own?.FullName ?? Path.GetFullPath(files.Folder!, surroundings.Folder);
        try
        {
#pragma warning disable CA2000 // It is owned by what is returned.
            var server = await FileServer.StartAsync(
                new FileServerOptions
                {
                    Plan = files,
                    Folder = folder,
                    Login = login,
                    Web = new WebServerOptions
                    {
                        Service = plan.Service.Name,
                        Listen = plan.Listen,
                        Engine = engine,
                        Limits = plan.Limits,
                        Tls = tls,
                        Time = surroundings.Time,
                        Tell = log.Write,
                    },
                },
                surroundings.Interrupts.Stop);
#pragma warning restore CA2000
            return new RunningFiles(plan, server, engine, folder, own);
        }
        catch (TransferException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage, $"{files.Folder} cannot be shown.", error.InnerException?.Message ?? error.Message,
                    "Name a folder."),
                error);
        }
        catch
        {
            own?.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Lets requests under way finish, as long as the plan says.</summary>
    public Task<DrainResult> StopAsync(CancellationToken stopNow) => _server.Web.StopAsync(Plan.Drain, stopNow);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _ownFolder?.Delete(recursive: true);
    }
}
