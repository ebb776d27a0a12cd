using Switchboard.AspNetCore;
using Switchboard.AspNetCore.Pages;
using Switchboard.Cli.Web;
using Switchboard.Files;

namespace Switchboard.Cli.WebFiles;

/// <summary>A web server of files that runs.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly SharedFolder _folder;
    private readonly Doorman? _doorman;
    private readonly WebServer _web;

    private FileServer(SharedFolder folder, Doorman? doorman, WebServer web)
    {
        _folder = folder;
        _doorman = doorman;
        _web = web;
    }

    /// <summary>Where it is, and what it has done.</summary>
    public WebServer Web => _web;

    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    /// <exception cref="TransferException">The folder cannot be entered.</exception>
    public static async Task<FileServer> StartAsync(FileServerOptions options, CancellationToken stop)
    {
        var plan = options.Plan;
        var folder = SharedFolder.Open(options.Folder, new SharedFolderOptions { ShowsHidden = plan.ShowsHidden });
        var doorman = options.Login is { } login ? new Doorman(login) : null;
        try
        {
            var uploads = plan.TakesUploads ? new Uploads(folder, plan.MaxUploadBytes) : null;
            var site = new FileSite(folder, uploads, doorman, new OriginCheck(options.Web.Listen));

            // Files are read by blocking calls.
            var web = options.Web with { Application = ApplicationThread.Pool };
            return new FileServer(folder, doorman, await WebServer.StartAsync(web, site.AnswerAsync, stop));
        }
        catch
        {
            doorman?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _doorman?.Dispose();
        _folder.Dispose();
    }
}
