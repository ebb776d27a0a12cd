using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Switchboard.Files;

namespace Switchboard.Cli.WebFiles;

/// <summary>Takes files from visitors: each is private until it is complete, and replaces nothing.</summary>
/// <param name="folder">Where they go.</param>
/// <param name="maxBytes">The most that one file may have.</param>
internal sealed class Uploads(SharedFolder folder, long maxBytes)
{
    private const int BufferBytes = 64 * 1024;
    private const int MaxBoundary = 100;

    // Each file takes a look at the whole folder, and a place on the disk even if it is empty.
    private const int MaxParts = 1000;

    // What a form adds around a file is far less.
    private const int FormBytes = 64 * 1024;

    /// <summary><c>PUT /name</c>: the body is the file.</summary>
    /// <exception cref="TransferException">It is not taken.</exception>
    /// <exception cref="BadHttpRequestException">It is too long, or was cut short.</exception>
    public async Task PutAsync(HttpContext http, RequestPath path)
    {
        AllowBytes(http, maxBytes);
        if (path.IsFolder)
        {
            throw new TransferException(TransferFailure.NameRefused, "A file has a name, without a slash at its end.");
        }

        await StoreAsync(path.Parts, http.Request.Body, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = path.Escaped;
    }

    /// <summary><c>POST /folder/</c>: the form of the folder's page, with up to 1,000 files.</summary>
    /// <inheritdoc cref="PutAsync" path="/exception"/>
    public async Task PostAsync(HttpContext http, RequestPath path)
    {
        AllowBytes(http, maxBytes > long.MaxValue - FormBytes ? null : maxBytes + FormBytes);
        var isForm = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        if (!isForm || HeaderUtilities.RemoveQuotes(type!.Boundary) is not { Length: > 0 and <= MaxBoundary } boundary)
        {
            throw new BadHttpRequestException(
                "A form of files is expected.", StatusCodes.Status415UnsupportedMediaType);
        }

        var reader = new MultipartReader(boundary.ToString(), http.Request.Body);
        var (parts, stored) = (0, 0);
        while (await NextAsync(reader, http.RequestAborted) is { } section)
        {
            if (++parts > MaxParts)
            {
                throw new BadHttpRequestException(
                    $"A form has at most {MaxParts} files. The first {stored} of this one are there: send the rest.",
                    StatusCodes.Status413PayloadTooLarge);
            }

            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                && NameOf(disposition) is { Length: > 0 } name)
            {
                await StoreAsync([.. path.Parts, name], section.Body, http.RequestAborted);
                stored++;
            }
        }

        if (stored == 0)
        {
            throw new BadHttpRequestException("There was no file in the form.");
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = RequestPath.Escape(path.Parts, isFolder: true);
    }

    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return HeaderUtilities.RemoveQuotes(name).ToString();
    }

    private static void AllowBytes(HttpContext http, long? bytes)
    {
        if (http.Request.ContentLength > bytes)
        {
            throw TooLarge(bytes.Value);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes;
        }
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken stop)
    {
        try
        {
            return await reader.ReadNextSectionAsync(stop);
        }
        catch (InvalidDataException error)
        {
            throw new BadHttpRequestException(error.Message, error);
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form was cut short.", error);
        }
    }

    private static BadHttpRequestException TooLarge(long most) => new(
        $"At most {Output.ByteText.Show(most)} are taken.", StatusCodes.Status413PayloadTooLarge);

    private async Task StoreAsync(IReadOnlyList<string> parts, Stream body, CancellationToken stop)
    {
        // A name from a form is one name: what has a slash in it must not choose a folder.
        if (parts[^1].Contains('/', StringComparison.Ordinal))
        {
            throw new TransferException(TransferFailure.NameRefused, "The name has a slash, which separates folders.");
        }

        using var file = folder.Create(parts);
        var buffer = new byte[BufferBytes];
        while (await body.ReadAsync(buffer, stop) is > 0 and var count)
        {
            if (file.Bytes + count > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            await file.WriteAsync(buffer.AsMemory(0, count), stop);
        }

        file.Commit();
    }
}
