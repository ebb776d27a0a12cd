using System.Text;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab;

/// <summary>Whether what has happened is what a lesson promises.</summary>
internal static class PromiseCheck
{
    /// <summary>What a call has done against the promise; null if nothing.</summary>
    public static string? ProblemOf(LessonPromise promise, CallSight call)
    {
        if (promise.Error != call.Error && (promise.Error is not null || promise.Result is not null))
        {
            return $"{call.Text} ended with {call.Error ?? $"{call.Value}"}, "
                + $"and not with {promise.Error ?? "a result"}.";
        }

        if (promise.Result is { } result && !result.IsMetBy(call.Value ?? -1))
        {
            return $"{call.Text} returned {call.Value}, and not {result}.";
        }

        var bytes = Encoding.Latin1.GetString(call.Bytes.Span);
        return promise.Bytes is { } expected && expected != bytes
            ? $"{call.Text} received \"{bytes}\", and not \"{expected}\"."
            : null;
    }

    /// <summary>What the kernel shows against the promise; null if nothing.</summary>
    public static string? ProblemOf(LessonPromise promise, KernelSnapshot kernel) =>
        promise.Kernel.Select(each => ProblemOf(each.Key, each.Value, kernel)).FirstOrDefault(each => each is not null);

    private static string? ProblemOf(string name, KernelPromise promise, KernelSnapshot kernel)
    {
        var socket = kernel.Sockets.FirstOrDefault(each => each.Name == name);
        if (socket is null)
        {
            return $"there is no {name}.";
        }

        return promise.State is { } state && state != socket.State
            ? $"{name} is in {socket.State ?? "no state"}, and not in {state}."
            : ProblemOf(name, "bytes unread", promise.Unread, socket.Unread)
                ?? ProblemOf(name, "bytes unacknowledged", promise.Unacknowledged, socket.Unacknowledged)
                ?? ProblemOf(name, "waiting", promise.Waiting, socket.Waiting)
                ?? ProblemOf(name, "drops", promise.Drops, socket.Drops);
    }

    private static string? ProblemOf(string name, string what, Expectation? promise, long? found) =>
        promise is null || (found is { } number && promise.IsMetBy(number))
            ? null
            : $"{name} has {found?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} {what}, "
                + $"and not {promise}.";
}
