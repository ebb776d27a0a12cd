"""An echo as one writes it with asyncio: a protocol, which is the quicker of its two styles."""

import asyncio
import socket
import sys


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, received):
        self.transport.write(received)

    def pause_writing(self):
        self.transport.pause_reading()

    def resume_writing(self):
        self.transport.resume_reading()


def end_with_input(loop):
    # Whoever started this program is gone when its input ends.
    if not sys.stdin.buffer.read1(4096):
        loop.stop()


async def main():
    loop = asyncio.get_running_loop()
    port = int(sys.argv[1])
    server = await loop.create_server(Echo, "127.0.0.1", port, backlog=4096)
    loop.add_reader(sys.stdin, end_with_input, loop)
    print("listening", port, flush=True)
    await server.serve_forever()


try:
    asyncio.run(main())
except RuntimeError:
    pass  # The loop was stopped by the end of the input.
