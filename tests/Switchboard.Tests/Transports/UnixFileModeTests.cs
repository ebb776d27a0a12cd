using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

/// <summary>Alone, because the mask of new files is the whole process's.</summary>
[Collection(Alone.Name)]
[UnsupportedOSPlatform("windows")]
public class UnixFileModeTests
{
    [Fact]
    public async Task Under_a_mask_that_allows_everything_only_the_owner_may_connect()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s");
        var mask = SetMask(0);
        try
        {
            await using var listener = await Listener.BindAsync($"unix:{path}");

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
        finally
        {
            _ = SetMask(mask);
        }
    }

    [Fact]
    public async Task There_is_no_moment_at_which_others_may_connect()
    {
        var directory = Directory.CreateTempSubdirectory().FullName;
        var mask = SetMask(0);
        try
        {
            for (var round = 0; round < 50; round++)
            {
                var path = Path.Combine(directory, $"{round}");
                var seen = Task.Run(() => FirstModeOf(path));
                await using var listener = await Listener.BindAsync($"unix:{path}");
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, await seen.Soon());
            }
        }
        finally
        {
            _ = SetMask(mask);
        }
    }

    private static UnixFileMode FirstModeOf(string path)
    {
        while (true)
        {
            try
            {
                return File.GetUnixFileMode(path);
            }
            catch (FileNotFoundException)
            {
                // Not yet.
            }
        }
    }

    [DllImport("libc", EntryPoint = "umask", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
