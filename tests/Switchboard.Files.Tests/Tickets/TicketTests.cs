using Switchboard.Files.Tickets;

namespace Switchboard.Files.Tests.Tickets;

public sealed class TicketTests
{
    private static readonly Ticket Sample =
        new("tls://192.0.2.7:9040", [.. Enumerable.Range(0, 32).Select(n => (byte)n)], TicketSecret.Create());

    [Fact]
    public void A_ticket_is_one_line_of_plain_letters_that_reads_back()
    {
        var line = Sample.ToLine();
        var read = Ticket.Parse($"  {line}\r\n");

        Assert.Matches("^swbt1-[A-Za-z0-9_-]+$", line);
        Assert.Equal(
            (Sample.Endpoint, Sample.Fingerprint, Convert.ToHexString(Sample.Secret.Value)),
            (read.Endpoint, read.Fingerprint, Convert.ToHexString(read.Secret.Value)));
    }

    [Fact]
    public void A_secret_is_new_each_time_and_as_long_as_a_key()
    {
        Assert.Equal(16, TicketSecret.Create().Value.Length);
        Assert.NotEqual(TicketSecret.Create().Value, TicketSecret.Create().Value);
    }

    [Fact]
    public void The_text_for_logs_has_no_secret_in_it()
    {
        Assert.Equal("ticket for tls://192.0.2.7:9040", $"{Sample}");
    }

    [Fact]
    public void A_line_that_lost_or_changed_a_character_is_refused()
    {
        var line = Sample.ToLine();
        for (var i = 0; i < line.Length; i++)
        {
            Assert.Throws<FormatException>(() => Ticket.Parse(line.Remove(i, 1)));
            var other = line[i] == 'A' ? 'B' : 'A';
            Assert.Throws<FormatException>(() => Ticket.Parse(line[..i] + other + line[(i + 1)..]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("swbt1-")]
    [InlineData("swbt1-AAAA")]
    [InlineData("tls://localhost:9040")]
    [InlineData("swbt1-!!!!")]
    public void What_is_no_ticket_is_refused(string line)
    {
        Assert.Throws<FormatException>(() => Ticket.Parse(line));
        Assert.Throws<FormatException>(() => Ticket.Parse("swbt1-" + new string('A', 100_000)));
    }

    [Fact]
    public void A_proof_is_of_one_role_one_certificate_and_one_pair_of_nonces()
    {
        var proof = Prove("a", 1, 2, 3);

        Assert.Equal(proof, Prove("a", 1, 2, 3));
        Assert.NotEqual(proof, Prove("b", 1, 2, 3));
        Assert.NotEqual(proof, Prove("a", 9, 2, 3));
        Assert.NotEqual(proof, Prove("a", 1, 9, 3));
        Assert.NotEqual(proof, Prove("a", 1, 2, 9));
        Assert.NotEqual(proof, Prove("a", 1, 3, 2));
    }

    private static byte[] Prove(string role, byte fingerprint, byte sender, byte receiver) => Sample.Secret.Prove(
        System.Text.Encoding.ASCII.GetBytes(role),
        [.. Enumerable.Repeat(fingerprint, 32)],
        [.. Enumerable.Repeat(sender, 32)],
        [.. Enumerable.Repeat(receiver, 32)]);
}
