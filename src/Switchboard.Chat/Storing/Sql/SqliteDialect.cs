using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>SQLite: one file, one writer at a time. Tests inherit it for a disk that is full sooner.</summary>
internal class SqliteDialect : SqlDialect
{
    // "SwCh": which program's file it is, where SQLite keeps such a number.
    private const long ApplicationId = 0x53774368;
    private const int UsualMaxWaitSeconds = 5;

    // FULL flushes the log at each commit; without it the last commits are lost with the power. No busy_timeout: the
    // SQLite that comes with the driver sleeps whole seconds between its looks, and the driver looks more often.
    private const string Prepare = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";

    private readonly string _file;
    private readonly int _maxWaitSeconds;
    private readonly string _connectionString;

    static SqliteDialect() => SQLitePCL.Batteries_V2.Init();

    /// <param name="file">The database.</param>
    /// <param name="maxWaitSeconds">How long another program may keep it locked.</param>
    public SqliteDialect(string file, int maxWaitSeconds = UsualMaxWaitSeconds)
    {
        (_file, _maxWaitSeconds) = (file, maxWaitSeconds);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            DefaultTimeout = maxWaitSeconds,
            Pooling = false,
        }.ToString();
    }

    public override string Name => _file;

    public override int Readers => 2;

    // SQLite compares text by its bytes, unless told otherwise.
    protected override string OrderedText => "TEXT";

    protected override string SkipLocked => "";

    public override string CountTables => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @name";

    public override DbConnection Connect()
    {
        MakePrivateFile();
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var prepare = connection.CreateCommand();
            prepare.CommandText = Prepare;
            prepare.ExecuteNonQuery();

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override void LockTables(SqlDesk desk)
    {
        var id = desk.Number("PRAGMA application_id");
        if (id == ApplicationId)
        {
            return;
        }

        if (id != 0 || desk.Number("SELECT count(*) FROM sqlite_master") != 0)
        {
            throw new ChatStoreException(
                $"Cannot open {_file}: it is another program's database. Name another file for the chat.");
        }

        desk.ExecuteScript($"PRAGMA application_id = {ApplicationId}");
    }

    public override bool IsTaken(DbException error) => Code(error) == Codes.Constraint;

    public override bool IsLost(DbException error) => Code(error) == Codes.Disk;

    public override void Dispose()
    {
    }

    protected override (string Why, string Next) Meaning(DbException error) => Code(error) switch
    {
        Codes.Busy or Codes.Locked => (
            $"another program has kept it locked for {_maxWaitSeconds} seconds",
            "End that program; several servers share a PostgreSQL."),
        Codes.ReadOnly => ("it may only be read", "Let this user write to the file and to its folder."),
        Codes.Disk => ($"the disk fails ({error.Message})", "Look at the system's log, and whether the disk is full."),
        Codes.Damaged => (
            "the file is damaged", "Put a copy back; \"sqlite3 FILE .recover\" may save what is left."),
        Codes.Full => ("the disk is full", "Make room."),
        Codes.CannotOpen => (
            "the file cannot be opened", "Its folder has to be there, and this user has to be let into it and write."),
        Codes.Constraint => ("there is a row of that id already", ""),
        Codes.NoDatabase => ("the file is no database of SQLite", "Name another file, or move this one away."),
        _ => (error.Message.TrimEnd('.'), ""),
    };

    // Others on the machine may not read private talks and hashes; what SQLite puts beside the file has its mode.
    private void MakePrivateFile()
    {
        if (OperatingSystem.IsWindows() || File.Exists(_file))
        {
            return;
        }

        try
        {
            using var made = File.Open(_file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Someone else made it in this moment, or SQLite says better what is wrong.
        }
    }

    private static int Code(DbException error) => (error as SqliteException)?.SqliteErrorCode ?? 0;

    /// <summary>SQLite's result codes, which its packages do not name.</summary>
    private static class Codes
    {
        public const int Busy = 5;
        public const int Locked = 6;
        public const int ReadOnly = 8;
        public const int Disk = 10;
        public const int Damaged = 11;
        public const int Full = 13;
        public const int CannotOpen = 14;
        public const int Constraint = 19;
        public const int NoDatabase = 26;
    }
}
