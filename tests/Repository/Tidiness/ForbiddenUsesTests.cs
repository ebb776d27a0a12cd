namespace Switchboard.Repository.Tidiness;

public sealed class ForbiddenUsesTests
{
    [Theory]
    [InlineData("object X = DateTime.Now;")]
    [InlineData("object X = DateTime.UtcNow.AddDays(1);")]
    [InlineData("object X = DateTimeOffset.Now;")]
    [InlineData("object X = DateTimeOffset.UtcNow;")]
    [InlineData("object X = System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("System.Diagnostics.Stopwatch? X;")]
    [InlineData("object X = Environment.TickCount;")]
    [InlineData("object X = Environment.TickCount64;")]
    [InlineData("Task X() => Task.Run(() => { });")]
    [InlineData("Task X() => Task.Delay(1);")]
    [InlineData("Task X() => Task.Delay(TimeSpan.FromDays(1), CancellationToken.None);")]
    [InlineData("Task X() => Task.Delay(Unknown(), CancellationToken.None);")]
    [InlineData("void X() => Thread.Sleep(1);")]
    [InlineData("Action<int> X = Thread.Sleep;")]
    [InlineData("object X = new Timer(_ => { });")]
    [InlineData("object X = new PeriodicTimer(TimeSpan.FromDays(1));")]
    [InlineData("PeriodicTimer X = new(TimeSpan.FromDays(1));")]
    [InlineData("object X = Random.Shared;")]
    [InlineData("object X = new Random();")]
    [InlineData("Random X = new();")]
    [InlineData("object X = Guid.NewGuid();")]
    public void What_the_library_must_be_given_is_reported_where_it_is_taken(string member)
    {
        Rule.IsBrokenAt(3, Check(member, ForbiddenUse.InLibrary));
    }

    [Theory]
    [InlineData("object X(TimeProvider clock) => clock.GetUtcNow();")]
    [InlineData("Task X(TimeProvider clock) => Task.Delay(TimeSpan.FromDays(1), clock);")]
    [InlineData("Task X(CancellationToken stop) => Task.Delay(Timeout.Infinite, stop);")]
    [InlineData("object X(TimeProvider clock) => new PeriodicTimer(TimeSpan.FromDays(1), clock);")]
    [InlineData("object X = new Random(42);")]
    [InlineData("Random X = new(42);")]
    [InlineData("object Now = nameof(Run); void Run() => Run(); void Sleep() { } void Y() => Sleep();")]
    public void What_was_passed_in_is_not_reported(string member)
    {
        Assert.Empty(Check(member, ForbiddenUse.InLibrary));
    }

    [Fact]
    public void Another_name_for_the_clock_does_not_hide_it()
    {
        var file = new SourceFile("A.cs", "using Clock = System.DateTime;\nusing static System.Threading.Tasks.Task;\n"
            + "class A { object X = Clock.Now; object Y = Delay(1); }");

        var violations = ForbiddenUses.Check(Compiler.Library("A", [file]), ForbiddenUse.InLibrary);

        Assert.Equal([3, 3], violations.Select(violation => violation.Line));
    }

    [Fact]
    public void A_test_may_read_the_clock_but_not_sleep()
    {
        Assert.Empty(Check("object X = DateTime.Now;", ForbiddenUse.Sleeping));
        Rule.IsBrokenAt(3, Check("Task X() => Task.Delay(1);", ForbiddenUse.Sleeping));
        Rule.IsBrokenAt(3, Check("void X() => Thread.Sleep(1);", ForbiddenUse.Sleeping));
    }

    private static IEnumerable<Violation> Check(string member, IReadOnlyList<ForbiddenUse> forbidden) =>
        ForbiddenUses.Check(
            Compiler.Library("A", [new SourceFile("src/Switchboard/A.cs", $"class A\n{{\n{member}\n}}")]), forbidden);
}
