using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.Tls;

/// <summary>
/// OpenSSL must not be asked for two things at once of one connection, and .NET lets that happen at the end.
/// </summary>
public sealed class TlsClosingTests
{
    private const int Rounds = 200;
    private const int PieceBytes = 4000;
    private const int Pieces = 200;

    private static readonly TlsCertificate Certificate = TlsCertificate.CreateSelfSigned();

    [Fact]
    public async Task The_end_can_be_said_while_bytes_come_in()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        for (var round = 0; round < Rounds; round++)
        {
            var (client, server) = await trial.ConnectBothAsync(new() { Pin = Certificate.Fingerprint });
            var sending = SendAsync(server);
            var received = 0;
            var finishing = Task.CompletedTask;
            var buffer = new byte[PieceBytes];
            while (await client.ReceiveAsync(buffer).Soon() is > 0 and var count)
            {
                received += count;
                finishing = finishing.IsCompleted && received > round * PieceBytes / 2
                    ? Task.Run(async () => await client.CompleteSendingAsync())
                    : finishing;
            }

            await finishing.Soon();
            await sending.Soon();
            Assert.Equal(Pieces * PieceBytes, received);
            Assert.Equal(0, await server.ReceiveAsync(buffer).Soon());
            await client.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    private static async Task SendAsync(Connection server)
    {
        var piece = new byte[PieceBytes];
        for (var i = 0; i < Pieces; i++)
        {
            await server.SendAsync(piece);
        }

        await server.CompleteSendingAsync();
    }
}
