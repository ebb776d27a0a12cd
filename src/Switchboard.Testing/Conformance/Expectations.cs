namespace Switchboard.Testing.Conformance;

/// <summary>What checks expect of connections again and again.</summary>
internal static class Expectations
{
    extension(Trial trial)
    {
        /// <summary>These bytes come next.</summary>
        public async Task ExpectBytes(Connection connection, byte[] expected)
        {
            var seen = new byte[expected.Length];
            await trial.Soon(connection.ReceiveExactlyAsync(seen, trial.Token), $"receive {expected.Length} bytes");
            trial.SameBytes(expected, seen, $"receive {expected.Length} bytes");
        }

        /// <summary>The peer has finished sending, and stays that way.</summary>
        public async Task ExpectEnd(Connection connection)
        {
            for (var again = 0; again < 3; again++)
            {
                var count = await trial.Soon(connection.ReceiveAsync(new byte[16], trial.Token), "receive at the end");
                trial.Equal(0, count, "receive at the end");
            }
        }

        /// <summary>Everything up to the end is these bytes, and then the end comes.</summary>
        public async Task ExpectToEnd(Connection connection, byte[] expected)
        {
            await trial.ExpectBytes(connection, expected);
            await trial.ExpectEnd(connection);
        }

        /// <summary>A reset comes next; where resets cannot be told from an end, either.</summary>
        public async Task ExpectReset(Connection connection)
        {
            if (trial.Subject.ShowsResets)
            {
                await trial.Fails<ConnectionResetException>(() => trial.ReceiveSome(connection));
                return;
            }

            try
            {
                var count = await trial.ReceiveSome(connection).WaitAsync(trial.Subject.Deadline, trial.Token);
                trial.Equal(0, count, "receive after a reset");
            }
            catch (ConnectionException error) when (error is ConnectionResetException or TlsTruncatedException)
            {
                // Also right: some transports can tell in some cases, and TLS can always tell that an end was missing.
            }
        }

        /// <summary>Bytes still go both ways.</summary>
        public async Task ExpectWorks(Connection one, Connection other)
        {
            await trial.Soon(one.SendAsync(Pattern.Bytes(100, seed: 71), trial.Token));
            await trial.ExpectBytes(other, Pattern.Bytes(100, seed: 71));
            await trial.Soon(other.SendAsync(Pattern.Bytes(100, seed: 72), trial.Token));
            await trial.ExpectBytes(one, Pattern.Bytes(100, seed: 72));
        }

        /// <summary>Waits until something can be received, and receives nothing.</summary>
        public Task Readable(Connection connection) =>
            trial.Soon(connection.ReceiveAsync(Memory<byte>.Empty, trial.Token), "wait for something to receive");

        private Task<int> ReceiveSome(Connection connection) =>
            connection.ReceiveAsync(new byte[16], trial.Token).AsTask();
    }
}
