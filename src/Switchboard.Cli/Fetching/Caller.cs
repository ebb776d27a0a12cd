using System.Net.Http.Headers;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Fetching;

/// <summary>Asks web servers, one request a connection, and goes where they send us.</summary>
/// <param name="plan">What to ask.</param>
/// <param name="surroundings">Files, and time.</param>
/// <param name="patience">Times the servers.</param>
/// <param name="tell">Takes what happens on the way.</param>
/// <param name="say">Takes the bytes that pass, if they are wanted.</param>
internal sealed class Caller(
    FetchPlan plan, Surroundings surroundings, Patience patience, Action<ConsoleEvent> tell, Action<string> say)
{
    private const int HttpPort = 80;

    /// <summary>The answer at the end of all redirects.</summary>
    /// <param name="resume">Ask for the rest of a file; null for all of it.</param>
    /// <exception cref="Failures.FailureException">There is none, or a redirect cannot be followed.</exception>
    public async Task<Answer> AskAsync(ResumePoint? resume)
    {
        var redirects = new Redirects(plan.MaxRedirects);
        var hop = new Hop(plan.Url, plan.Method, plan.Data is not null);
        while (true)
        {
            var answer = await AskOnceAsync(hop, resume);
            try
            {
                if (redirects.Next(answer.Hop, answer.Response) is not { } next)
                {
                    return answer;
                }

                tell(new RedirectedEvent(answer.Status, next.Url));
                hop = next;
            }
            catch
            {
                await answer.DisposeAsync();
                throw;
            }

            await answer.DisposeAsync();
        }
    }

    private async Task<Answer> AskOnceAsync(Hop hop, ResumePoint? resume)
    {
#pragma warning disable CA2000 // The answer owns it, and closes it.
        var line = new Line(plan, stop => ConnectAsync(hop.Url, stop), patience, say);
#pragma warning restore CA2000
        try
        {
            using var request = Compose(hop, resume);
            var response = await line.SendAsync(request, patience.Token);
            var answer = new Answer(hop, response, line);
            tell(new ResponseEvent(answer));
            return answer;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private async Task<Connection> ConnectAsync(Uri url, CancellationToken stop)
    {
        var isHome = Hop.IsSameOrigin(url, plan.Url);
        var isTls = url.Scheme == Uri.UriSchemeHttps;
        var tls = isHome ? plan.Connect.Tls : plan.TlsElsewhere;
        Endpoint own = isTls ? new TlsEndpoint(url.DnsSafeHost, url.Port) : new TcpEndpoint(url.DnsSafeHost, url.Port);
        var connection = await Connection.ConnectAsync(
            isHome && plan.At is not null ? plan.At : own,
            plan.Connect with
            {
                Tls = isTls ? tls! with { ServerName = tls.ServerName ?? url.DnsSafeHost } : null,
            },
            stop);
        tell(new FetchConnectedEvent(connection));
        return connection;
    }

    private HttpRequestMessage Compose(Hop hop, ResumePoint? resume)
    {
        // TLS is the connection's matter, so that it is verified as everywhere in this command; the client is told
        // of none. The path is the same, and Host says what was meant.
        var plain = new UriBuilder(hop.Url)
        {
            Scheme = Uri.UriSchemeHttp,
            Port = hop.Url.Port == HttpPort ? -1 : hop.Url.Port,
        };
        var request = new HttpRequestMessage(hop.Method, plain.Uri)
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = hop.SendsData ? plan.Data!.Open(surroundings) : null,
        };
        AddHeaders(request, hop);
        resume?.AddTo(request.Headers);
        return request;
    }

    private void AddHeaders(HttpRequestMessage request, Hop hop)
    {
        var host = hop.Url.HostNameType == UriHostNameType.IPv6 ? hop.Url.Host : hop.Url.IdnHost;
        request.Headers.Host = hop.Url.IsDefaultPort ? host : $"{host}:{hop.Url.Port}";
        request.Headers.TryAddWithoutValidation("User-Agent", "switchboard");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Content?.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        var isHome = Hop.IsSameOrigin(hop.Url, plan.Url);
        var given = plan.Headers.Where(header => isHome || header.MayTravel).ToList();
        foreach (var header in given)
        {
            Remove(request.Headers, header.Name);
            Remove(request.Content?.Headers, header.Name);
        }

        foreach (var header in given.Where(header => header.Value.Length > 0))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value) && hop.SendsData)
            {
                request.Content!.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }
    }

    private static void Remove(HttpHeaders? headers, string name)
    {
        // A header of the body among those of the request, and the other way round, cannot even be asked for.
        if (headers?.NonValidated.Contains(name) == true)
        {
            headers.Remove(name);
        }
    }
}
