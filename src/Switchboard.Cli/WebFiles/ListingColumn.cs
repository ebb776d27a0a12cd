namespace Switchboard.Cli.WebFiles;

/// <summary>The columns of a folder's page, from left to right.</summary>
internal enum ListingColumn
{
    Name,
    Size,
    Time,
}
