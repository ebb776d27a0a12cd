using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Switchboard.Cli.Output;
using Switchboard.Files;

namespace Switchboard.Cli.WebFiles;

/// <summary>The page of a folder. It needs no script, and has none; whatever a file is called stays text.</summary>
/// <param name="path">The folder.</param>
/// <param name="entries">What is in it.</param>
/// <param name="order">How they are sorted.</param>
internal sealed class ListingPage(RequestPath path, IReadOnlyList<SharedEntry> entries, ListingOrder order)
{
    /// <summary>More than that no browser shows with pleasure.</summary>
    public const int MostShown = 10_000;

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1d2430;--quiet:#5b6676;--line:#dfe3e9;--paper:#fff;
        --mark:#f3f6fa;--link:#0b57b0}
        @media(prefers-color-scheme:dark){:root{--ink:#e4e8ee;--quiet:#9aa6b6;--line:#2c333d;--paper:#14181d;
        --mark:#1c222a;--link:#8ab8ff}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 3rem;background:var(--paper);color:var(--ink);
        font:16px/1.5 system-ui,sans-serif}
        h1{font-size:1.25rem;font-weight:600;margin:0 0 1rem;overflow-wrap:anywhere}
        h1 a{color:var(--link);text-decoration:none}h1 a:hover{text-decoration:underline}
        table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
        th{text-align:left;font-weight:600;font-size:.875rem;border-bottom:1px solid var(--line)}
        th a{display:inline-block;padding:.5rem .25rem;color:var(--quiet);text-decoration:none}
        th a:hover,td a:hover{text-decoration:underline}
        td{border-bottom:1px solid var(--line);padding:0 .25rem;color:var(--quiet);white-space:nowrap}
        td:first-child{white-space:normal;overflow-wrap:anywhere;width:100%}
        td a{display:block;padding:.5rem 0;color:var(--link);text-decoration:none}
        tr:hover td{background:var(--mark)}
        .n{text-align:right;padding-left:1.5rem}
        a:focus-visible,button:focus-visible,input:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        p{color:var(--quiet)}
        form{margin-top:1.5rem;padding:1rem;border:1px solid var(--line);border-radius:.5rem;display:flex;gap:.75rem;
        flex-wrap:wrap;align-items:center}
        input{flex:1 1 14rem;min-width:0;font:inherit;color:inherit}
        button{font:inherit;padding:.4rem 1rem;border:1px solid var(--line);border-radius:.4rem;background:var(--mark);
        color:inherit;cursor:pointer}
        @media(max-width:34rem){td:nth-child(3),th:nth-child(3){display:none}body{padding:1rem .75rem 2rem}}
        """;

    private static readonly string StyleHash =
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style.ReplaceLineEndings("\n"))));

    /// <summary>What the page may do: show its own style, and send its own form.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>Whether visitors may put files here.</summary>
    public bool TakesUploads { get; init; }

    /// <summary>The whole page.</summary>
    public string Compose()
    {
        var title = Text(path.Parts.Count == 0 ? "/" : "/" + string.Join('/', path.Parts) + "/");
        var page = new StringBuilder($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>{Style.ReplaceLineEndings("\n")}</style>
            </head>
            <body>
            <main>
            <h1>{Trail()}</h1>

            """.ReplaceLineEndings("\n"));
        AppendTable(page);
        AppendForm(page);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(SafeText.Line(text));

    private string Trail()
    {
        var trail = new StringBuilder("""<a href="/">Files</a>""");
        for (var i = 0; i < path.Parts.Count; i++)
        {
            var name = Text(path.Parts[i]);
            var link = RequestPath.Escape(path.Parts.Take(i + 1), isFolder: true);
            trail.Append(" / ").Append(i == path.Parts.Count - 1
                ? $"<span aria-current=\"page\">{name}</span>"
                : $"<a href=\"{link}\">{name}</a>");
        }

        return trail.ToString();
    }

    private void AppendTable(StringBuilder page)
    {
        page.Append("<table>\n<thead><tr>");
        foreach (var column in Enum.GetValues<ListingColumn>())
        {
            var number = column == ListingColumn.Name ? "" : " class=\"n\"";
            page.Append(
                CultureInfo.InvariantCulture,
                $"<th scope=\"col\"{number}{order.AriaOf(column)}><a href=\"{order.LinkOf(column)}\">"
                + $"{ListingOrder.TitleOf(column)}{order.ArrowOf(column)}</a></th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
        if (path.Parts.Count > 0)
        {
            page.Append("<tr><td><a href=\"../\">../</a></td><td class=\"n\"></td><td class=\"n\"></td></tr>\n");
        }

        foreach (var entry in order.Sort(entries).Take(MostShown))
        {
            AppendRow(page, entry);
        }

        page.Append("</tbody>\n</table>\n");
        page.Append(entries.Count switch
        {
            0 => "<p>Nothing is here.</p>\n",
            > MostShown => $"<p>The first {MostShown} of {entries.Count} are shown.</p>\n",
            _ => "",
        });
    }

    private static void AppendRow(StringBuilder page, SharedEntry entry)
    {
        // With the dot, a colon in the name is not taken for the end of a scheme.
        var link = "." + RequestPath.Escape([entry.Name], entry.IsFolder);
        var time = entry.Changed.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        page.Append(
            CultureInfo.InvariantCulture,
            $"<tr><td><a href=\"{link}\">{Text(entry.Name)}{(entry.IsFolder ? "/" : "")}</a></td>"
            + $"<td class=\"n\">{(entry.IsFolder ? "" : ByteText.Show(entry.Bytes))}</td>"
            + $"<td class=\"n\"><time datetime=\"{entry.Changed:yyyy-MM-ddTHH:mm:ssZ}\">{time}</time></td></tr>\n");
    }

    private void AppendForm(StringBuilder page)
    {
        if (TakesUploads)
        {
            page.Append("""
                <form method="post" enctype="multipart/form-data">
                <label for="files">Put files here</label>
                <input id="files" type="file" name="files" multiple required>
                <button>Upload</button>
                </form>

                """.ReplaceLineEndings("\n"));
        }
    }
}
