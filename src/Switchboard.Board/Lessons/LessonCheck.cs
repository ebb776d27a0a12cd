namespace Switchboard.Board.Lessons;

/// <summary>Whether the parts of a lesson fit each other, so that whoever writes one hears of a slip at once.</summary>
internal static class LessonCheck
{
    /// <summary>The name of the port at which nobody listens.</summary>
    public const string Nobody = "nobody";

    private const int MaxProgramLines = 14;
    private const int MaxTextCharacters = 400;
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="LessonException">They do not.</exception>
    public static void Check(Lesson lesson)
    {
        if (ProblemOf(lesson) is { } problem)
        {
            throw new LessonException(lesson.Name, problem);
        }
    }

    private static string? ProblemOf(Lesson lesson)
    {
        var actors = lesson.Actors.Select(actor => actor.Name).ToList();
        return lesson.Actors.Select(ProblemOfActor)
            .Append(actors.Distinct().Count() == actors.Count ? null : "two actors have one name.")
            .Append(lesson.Steps.Count == 0 ? "it has no steps." : null)
            .Append(lesson.Yours is not { } yours || actors.Contains(yours) ? null : $"yours: no actor is {yours}.")
            .Append(lesson.Prepared >= 0 && lesson.Prepared < lesson.Steps.Count ? null : "prepared leaves no step.")
            .Append(ProblemOfNames(lesson))
            .Concat(lesson.Steps.Select((step, index) => Prefixed($"steps[{index}]", ProblemOfStep(step, lesson))))
            .Concat(lesson.Breaks.Select((step, index) => Prefixed($"breaks[{index}]", ProblemOfBreak(step, lesson))))
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? Prefixed(string place, string? problem) => problem is null ? null : $"{place}: {problem}";

    private static string? ProblemOfActor(LessonActor actor) => actor.Program.Count switch
    {
        0 => $"{actor.Name} has no program.",
        > MaxProgramLines => $"{actor.Name} has {actor.Program.Count} lines; {MaxProgramLines} fit on the page.",
        _ => null,
    };

    private static string? ProblemOfStep(LessonStep step, Lesson lesson)
    {
        var actor = lesson.Actors.FirstOrDefault(actor => actor.Name == step.Actor);
        if (actor is null)
        {
            return $"no actor is called \"{step.Actor}\".";
        }

        if (step.Line is { } line && (line < 1 || line > actor.Program.Count))
        {
            return $"{step.Actor} has no line {line}.";
        }

        return CallShapes.ProblemOf(step) ?? ProblemOfAddress(step) ?? ProblemOfBytes(step)
            ?? ProblemOfText(step) ?? ProblemOfPromise(step);
    }

    private static string? ProblemOfBreak(LessonStep step, Lesson lesson) =>
        step.Title is null ? "a break needs a title for its button." : ProblemOfStep(step, lesson);

    // Lessons stay on this machine.
    private static string? ProblemOfAddress(LessonStep step) =>
        step.Address is null or "0.0.0.0" || step.Address.StartsWith("127.", StringComparison.Ordinal)
            ? null
            : $"the address is 127.x.x.x, or 0.0.0.0 to bind; \"{step.Address}\" is not.";

    private static string? ProblemOfBytes(LessonStep step)
    {
        if (step.Bytes is { } bytes && bytes.Any(character => character > byte.MaxValue))
        {
            return "each character of bytes is one byte: none may be above \\u00FF.";
        }

        return step.Bytes is "" ? "bytes is empty."
            : step.Count is < 1 or > MaxBytes ? $"count is 1 to {MaxBytes}."
            : null;
    }

    private static string? ProblemOfText(LessonStep step)
    {
        if (step.Says is { Length: > MaxTextCharacters })
        {
            return $"says has {step.Says.Length} characters; {MaxTextCharacters} can be read at a glance.";
        }

        return step.Question is { } question && (question.Choices.Count < 2
            || question.Right < 1 || question.Right > question.Choices.Count)
            ? "a question has two choices or more, and right is one of them, counted from 1."
            : null;
    }

    private static string? ProblemOfPromise(LessonStep step) =>
        step.Promise?.Error is { } error && !Explaining.SystemError.IsName(error)
            ? $"no error is called \"{error}\"."
            : null;

    // A name stands for one socket all through the lesson, and is made before it is used.
    private static string? ProblemOfNames(Lesson lesson)
    {
        var made = new HashSet<string>();
        foreach (var (step, index) in lesson.Steps.Select((step, index) => (step, index)))
        {
            var used = new[] { step.Socket, step.To }.Concat(step.Sockets ?? []);
            if (used.FirstOrDefault(name => name is not null && name != Nobody && !made.Contains(name)) is { } unknown)
            {
                return $"steps[{index}]: nothing is called \"{unknown}\" yet.";
            }

            if (step.As is { } name && !made.Add(name))
            {
                return $"steps[{index}]: \"{name}\" is the name of something else.";
            }
        }

        var lostBreak = lesson.Breaks
            .SelectMany(step => new[] { step.Socket, step.To }.Concat(step.Sockets ?? []))
            .FirstOrDefault(name => name is not null && name != Nobody && !made.Contains(name));
        if (lostBreak is not null)
        {
            return $"a break speaks of \"{lostBreak}\", which is never made.";
        }

        return lesson.Steps.SelectMany(step => step.Promise?.Kernel.Keys ?? [])
            .FirstOrDefault(name => !made.Contains(name)) is { } lost
            ? $"a promise speaks of \"{lost}\", which is never made."
            : null;
    }
}
