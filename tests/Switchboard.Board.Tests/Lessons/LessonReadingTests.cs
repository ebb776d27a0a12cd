using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Switchboard.Board.Lab.Calls;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Tests.Lessons;

public sealed class LessonReadingTests
{
    private const string Steps = """[{ "actor": "server", "line": 1, "call": "socket", "as": "s", "kind": "tcp" }]""";

    [Fact]
    public void A_lesson_is_read()
    {
        var lesson = Read(Steps);

        Assert.Equal("try", lesson.Name);
        Assert.Equal("s", Assert.Single(lesson.Steps).As);
        Assert.Empty(lesson.Breaks);
    }

    [Theory]
    [InlineData("""[{ "actor": "server", "call": "socket", "as": "s", "kind": "tcp", "lin": 1 }]""", "'lin'")]
    [InlineData("""[{ "actor": "server" }]""", "call")]
    [InlineData("""[{ "actor": "server", "call": "open_door" }]""", "there is no call \"open_door\"")]
    [InlineData("""[{ "actor": "server", "call": "socket", "kind": "tcp" }]""", "socket needs \"as\"")]
    [InlineData("""[{ "actor": "server", "call": "socket", "as": "s", "kind": "sctp" }]""", "only tcp and udp")]
    [InlineData("""[{ "actor": "waiter", "call": "socket", "as": "s", "kind": "tcp" }]""", "called \"waiter\"")]
    [InlineData("""[{ "actor": "server", "line": 2, "call": "socket", "as": "s", "kind": "tcp" }]""", "no line 2")]
    [InlineData("""[{ "actor": "server", "call": "bind", "socket": "s" }]""", "nothing is called \"s\" yet")]
    [InlineData(
        """[{ "actor": "server", "call": "send", "socket": "s", "bytes": "€" }]""",
        "nothing is called \"s\"")]
    [InlineData("[]", "no steps")]
    public void A_slip_is_told_with_what_would_be_right(string steps, string problem)
    {
        var error = Assert.Throws<LessonException>(() => Read(steps));

        Assert.StartsWith("try: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"call\": \"bind\", \"socket\": \"s\", \"address\": \"192.168.0.1\"", "127.x.x.x")]
    [InlineData("\"call\": \"send\", \"socket\": \"s\", \"bytes\": \"€\"", "one byte")]
    [InlineData("\"call\": \"recv\", \"socket\": \"s\", \"count\": 0", "count is 1 to")]
    [InlineData(
        "\"call\": \"setsockopt\", \"socket\": \"s\", \"option\": \"SO_LINGER\", \"value\": 1", "no option SO_LINGER")]
    [InlineData("\"call\": \"close\", \"socket\": \"s\", \"promise\": { \"error\": \"EWHAT\" }", "\"EWHAT\"")]
    [InlineData(
        "\"call\": \"close\", \"socket\": \"s\", \"promise\": { \"result\": \"about 5\" }", "is not written as")]
    [InlineData("\"call\": \"close\", \"socket\": \"s\", \"promise\": { \"kernel\": { \"t\": {} } }", "never made")]
    [InlineData("\"call\": \"socket\", \"as\": \"s\", \"kind\": \"tcp\"", "something else")]
    [InlineData(
        """
        "call": "close", "socket": "s",
        "question": { "text": "?", "choices": ["a", "b"], "right": 3, "because": "" }
        """,
        "counted from 1")]
    public void A_step_that_cannot_be_made_is_refused(string members, string problem)
    {
        var error = Assert.Throws<LessonException>(
            () => Read($$"""{{Steps[..^1]}}, { "actor": "server", {{members}} }]"""));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", 5, 5)]
    [InlineData("\"<5\"", long.MinValue, 4)]
    [InlineData("\">5\"", 6, long.MaxValue)]
    [InlineData("\"1..5\"", 1, 5)]
    public void A_number_may_depend_on_the_machine(string written, long atLeast, long atMost)
    {
        var promise = Read($$"""
            [{ "actor": "server", "call": "socket", "as": "s", "kind": "tcp", "promise": { "result": {{written}} } }]
            """).Steps[0].Promise!;

        Assert.Equal(new Expectation(atLeast, atMost), promise.Result);
    }

    [Fact]
    public void The_schema_knows_every_member()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(PathOfSchema()));
        var parts = schema.RootElement.GetProperty("$defs");

        AssertSame(schema.RootElement, LessonJson.Default.Lesson);
        AssertSame(parts.GetProperty("actor"), LessonJson.Default.LessonActor);
        AssertSame(parts.GetProperty("line"), LessonJson.Default.LessonLine);
        AssertSame(parts.GetProperty("step"), LessonJson.Default.LessonStep);
        AssertSame(parts.GetProperty("question"), LessonJson.Default.LessonQuestion);
        AssertSame(parts.GetProperty("promise"), LessonJson.Default.LessonPromise);
        AssertSame(parts.GetProperty("kernel"), LessonJson.Default.KernelPromise);
        var step = parts.GetProperty("step").GetProperty("properties");
        Assert.Equal(CallShapes.Names.Order(), Values(step.GetProperty("call")).Order());
        Assert.Equal(CallShapes.Options.Order(), Values(step.GetProperty("option")).Order());
        Assert.Equal(CallShapes.Options.Order(), OptionCalls.Names.Order());
    }

    [Fact]
    public void Every_lesson_has_a_name_of_its_own_and_something_to_guess()
    {
        var names = LessonFiles.All.Select(lesson => lesson.Name).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.InRange(names.Count, 14, 99);
        Assert.All(LessonFiles.All, lesson => Assert.Contains(lesson.Steps, step => step.Question is not null));
    }

    private static Lesson Read(string steps) => LessonFiles.Read("try", Encoding.UTF8.GetBytes($$"""
        {
          "title": "A lesson", "goal": "Know.", "sentence": "Remember.",
          "actors": [
            { "name": "server", "side": "server", "program": [{ "python": "a", "csharp": "b", "c": "c" }] }
          ],
          "steps": {{steps}}
        }
        """));

    private static void AssertSame(JsonElement schema, JsonTypeInfo type) => Assert.Equal(
        type.Properties.Where(property => property.Set is not null).Select(property => property.Name).Order(),
        schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order());

    private static IEnumerable<string> Values(JsonElement choice) =>
        choice.GetProperty("enum").EnumerateArray().Select(value => value.GetString()!);

    private static string PathOfSchema()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Switchboard.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "src/Switchboard.Board/Lessons/lesson.schema.json");
    }
}
