namespace Switchboard.Repository.Api;

public sealed class ApiDescriptionTests
{
    [Fact]
    public void A_class_is_described_with_its_members_in_order()
    {
        const string Text = """
            public abstract class A<T> where T : class, new()
            {
                protected A() { }
                internal int Hidden;
                public T this[int i] => null!;
                public const int D = 1;
                public event Action? Changed;
                protected abstract T? B { get; private set; }
                public string? C(int? c = 3, params string[] d) => null;
            }
            """;

        Assert.Equal(
            """
            public abstract class N.A<T> where T : class, new()
                protected A()
                protected abstract T? B { get; }
                public T this[int i] { get; }
                public const int D = 1
                public event Action? Changed
                public string? C(int? c = 3, params string[] d)

            """,
            Describe(Text));
    }

    [Fact]
    public void A_record_is_described_by_what_was_written()
    {
        const string Text = "public sealed record B(int C, string? D = null) { public required int E { get; init; } }";

        Assert.Equal(
            """
            public sealed record N.B
                public B(int C, string? D = null)
                public int C { get; init; }
                public required int E { get; init; }
                public string? D { get; init; }

            """,
            Describe(Text));
    }

    [Fact]
    public void A_class_without_a_constructor_can_be_made()
    {
        Assert.Equal("public class N.A : Exception\n    public A()\n", Describe("public class A : Exception;"));
    }

    [Fact]
    public void Extension_members_stand_with_what_they_extend()
    {
        const string Text = """
            public static class X
            {
                extension(string) { public static int Make() => 2; }
                extension<T>(T[] all) { public int Count => 1; }
            }
            """;

        Assert.Equal(
            """
            public static class N.X
                extension(string): public static int Make()
                extension<T>(T[] all): public int Count { get; }

            """,
            Describe(Text));
    }

    [Fact]
    public void Types_are_sorted_and_hidden_ones_left_out()
    {
        Assert.Equal(
            "public enum N.A\n    One = 0\n\npublic interface N.B\n    void C()\n",
            Describe("public interface B { void C(); } class Hidden; public enum A { One }"));
    }

    [Fact]
    public void A_difference_shows_what_went_and_what_came_below_its_type()
    {
        const string Accepted = "public class N.A\n    int B\n    int C\n\npublic class N.D\n    int E\n";
        const string Actual = "public sealed class N.A\n    int B\n    long C\n\npublic class N.D\n    int E\n";

        var difference = ApiDifference.Between(Accepted, Actual);

        Assert.Equal(
            ["  N.A", "- public class N.A", "-     int C", "+ public sealed class N.A", "+     long C"], difference);
    }

    [Fact]
    public void Equal_descriptions_have_no_difference()
    {
        Assert.Empty(ApiDifference.Between("public class N.A\n    int B\n", "public class N.A\n    int B\n"));
    }

    private static string Describe(string text) =>
        PublicApi.Describe(Compiler.Library("A", [new SourceFile("A.cs", "namespace N;\n" + text)]));
}
