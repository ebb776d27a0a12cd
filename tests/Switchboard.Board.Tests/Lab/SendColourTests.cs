using Microsoft.Playwright;

namespace Switchboard.Board.Tests.Lab;

/// <summary>
/// The colours of sends: their text can be read, neighbours can be told apart, and whoever sees no colours has letters,
/// lines and patterns.
/// </summary>
/// <param name="lab">A browser that all these tests share.</param>
public sealed class SendColourTests(LabBrowser lab) : IClassFixture<LabBrowser>
{
    // What the guidelines ask for of text, and of the parts of a drawing.
    private const double LeastOfText = 4.5;
    private const double LeastOfParts = 3;

    // More than twice what can just be told apart.
    private const double LeastDistance = 0.05;

    // The pieces of seven sends, so that the first colour comes again, as the page draws them.
    private const string DrawSends = """
        async () => {
          const { drawQueue } = await import("/lab/tape.js");
          const parts = [1, 2, 3, 4, 5, 6, 7].map(send => ({ send, count: 3, bytes: "a\u0001" + send }));
          const queue = drawQueue({ label: "all colours", parts });
          document.querySelector("#kernel").append(queue);
          const look = element => getComputedStyle(element);
          return [...queue.querySelectorAll(".piece")].map(piece => [
            look(piece).backgroundColor,
            look(piece).borderLeftColor,
            look(piece.querySelector(".cell")).color,
            look(piece.querySelector(".cell.hex")).color,
            look(piece.querySelector("sup")).color,
            look(piece.parentElement).backgroundColor,
            look(piece).borderBottomStyle,
            look(piece).borderLeftStyle + " " + look(piece).borderLeftWidth,
            piece.querySelector("sup").textContent,
          ]);
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_sends_have_written_can_be_read_and_told_apart(ColorScheme scheme)
    {
        await using var visit = await lab.OpenAsync("stream", new() { ColorScheme = scheme });

        var pieces = await visit.Page.EvaluateAsync<string[][]>(DrawSends);

        Assert.Equal(7, pieces.Length);
        var colours = pieces.Select(piece => piece[..6].Select(each => new ShownColour(each)).ToArray()).ToList();
        Assert.All(colours, piece =>
        {
            var (back, edge, text, hex, letter, behind) = (piece[0], piece[1], piece[2], piece[3], piece[4], piece[5]);
            Assert.All([text, hex, letter], each => AssertContrast(each, back, LeastOfText));
            AssertContrast(edge, behind, LeastOfParts);
            AssertContrast(edge, back, LeastOfParts);
        });
        Assert.All(colours.Zip(colours.Skip(1)), pair =>
        {
            // The line at the beginning of a piece stands out from the piece before, whatever eyes see of colours.
            AssertContrast(pair.Second[1], pair.First[0], LeastOfParts);
            Assert.InRange(pair.First[0].DistanceTo(pair.Second[0]), LeastDistance, double.MaxValue);
        });
    }

    [Fact]
    public async Task Nothing_is_told_of_a_send_by_its_colour_alone()
    {
        await using var visit = await lab.OpenAsync("stream");

        var pieces = await visit.Page.EvaluateAsync<string[][]>(DrawSends);

        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], pieces.Select(piece => piece[8]));
        Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.NotEqual(pair.First[6], pair.Second[6]));
        Assert.All(pieces, piece => Assert.Equal("solid 2px", piece[7]));

        // The chip of the call and its mark in the sequence have the letter, too.
        await visit.StepAsync("c", calls: 7);
        await Assertions.Expect(visit.Page.Locator(".program.client .swatch")).ToHaveTextAsync(["a"]);
        await Assertions.Expect(visit.Page.Locator(".diagram .mark-letter")).ToHaveTextAsync(["a"]);
    }

    private static void AssertContrast(ShownColour one, ShownColour other, double least) =>
        Assert.InRange(one.ContrastTo(other), least, double.MaxValue);
}
