using System.Globalization;

namespace Switchboard;

/// <summary>
/// Listening sockets that were opened before this process was started, by whoever starts servers on demand or keeps
/// their sockets open while they restart (systemd's socket units, <c>LISTEN_FDS</c>).
/// </summary>
public static class SocketActivation
{
    private const int FirstDescriptor = 3;
    private const int MostDescriptors = 1024;

    /// <summary>The environment variable that counts the sockets.</summary>
    public const string CountVariable = "LISTEN_FDS";

    /// <summary>The environment variable that says for which process they are.</summary>
    public const string ProcessVariable = "LISTEN_PID";

    /// <summary>
    /// The sockets this process was given, as endpoints to listen at: <c>fd:3</c> and those after it. None where the
    /// environment names none, or names another process.
    /// </summary>
    /// <exception cref="FormatException">
    /// The variables are there and cannot be true; the message says what they should be.
    /// </exception>
    public static IReadOnlyList<DescriptorEndpoint> Endpoints => Read(
        Environment.GetEnvironmentVariable(CountVariable),
        Environment.GetEnvironmentVariable(ProcessVariable),
        Environment.ProcessId);

    internal static IReadOnlyList<DescriptorEndpoint> Read(string? count, string? process, int ownProcess)
    {
        if (string.IsNullOrEmpty(count))
        {
            return [];
        }

        if (!TryRead(process, int.MaxValue, out var meant))
        {
            throw new FormatException($"{CountVariable} is \"{count}\", and {ProcessVariable} is no process's number.");
        }

        if (meant != ownProcess)
        {
            return [];
        }

        return TryRead(count, MostDescriptors, out var sockets)
            ? [.. Enumerable.Range(FirstDescriptor, sockets).Select(number => new DescriptorEndpoint(number))]
            : throw new FormatException(
                $"{CountVariable} is \"{count}\"; a number from 0 to {MostDescriptors} is due.");
    }

    private static bool TryRead(string? text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
