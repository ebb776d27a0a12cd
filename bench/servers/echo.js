// An echo as one writes it in Node.js: a pipe would do the same, with a few more callbacks.
'use strict';
const net = require('node:net');

const port = Number(process.argv[2]);
const server = net.createServer({ noDelay: true }, (socket) => {
  socket.on('data', (bytes) => {
    if (!socket.write(bytes)) {
      socket.pause();
    }
  });
  socket.on('drain', () => socket.resume());
  socket.on('error', () => socket.destroy());
});

server.listen({ port, host: '127.0.0.1', backlog: 4096 }, () => console.log(`listening ${port}`));
// Whoever started this program is gone when its input ends.
process.stdin.on('end', () => process.exit(0)).resume();
