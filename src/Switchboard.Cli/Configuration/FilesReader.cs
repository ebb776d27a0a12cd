using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.WebFiles;

namespace Switchboard.Cli.Configuration;

/// <summary>Reads the members of an entry that say which files are shown.</summary>
internal static class FilesReader
{
    private static readonly string[] OnlyOfFiles = [Keys.Folder, Keys.Upload, Keys.MaxUpload, Keys.Hidden, Keys.Login];

    /// <summary>What a web server of files shows; null for every other service.</summary>
    /// <exception cref="ConfigurationException">A value cannot be meant.</exception>
    public static FilesPlan? Read(Entry entry, BuiltIn service)
    {
        if (service != BuiltIns.Files)
        {
            return OnlyOfFiles.FirstOrDefault(entry.Members.ContainsKey) is { } useless
                ? throw new ConfigurationException(
                    entry.Members[useless].Place, $"\"{useless}\" is for files.", "\"serve\": \"files\"")
                : null;
        }

        return new FilesPlan
        {
            Folder = Text(entry, Keys.Folder),
            TakesUploads = Text(entry, Keys.Upload) == "true",
            ShowsHidden = Text(entry, Keys.Hidden) == "true",
            LoginFile = Text(entry, Keys.Login),
            MaxUploadBytes = PlanReader.Value<long?>(entry, Keys.MaxUpload, text => SizeText.ParseLarge(text))
                ?? FilesPlan.DefaultMaxUploadBytes,
        };
    }

    private static string? Text(Entry entry, string key) => PlanReader.Value(entry, key, text => text);
}
