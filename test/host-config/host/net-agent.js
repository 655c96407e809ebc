/**
 * Runs inside a network namespace: listens, asks, and tells who came. Lines of JSON: `{ id, do: 'listen' | 'ask' | 'seen', ... }`
 * in, `{ id, answer }` out. A listener answers with the address that it sees the caller at.
 */
const { createInterface } = require('node:readline');
const { createSocket } = require('node:dgram');
const { createServer, connect } = require('node:net');

/** Callers of the listeners, `protocol caller>address:port`. */
const seen = [];

const verbs = {
  listen: ({ protocol, address, port }, answer) => {
    const note = (caller) => seen.push(`${protocol} ${caller}>${address}:${port}`);
    if (protocol === 'tcp') {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        note(socket.remoteAddress);
        socket.end(socket.remoteAddress);
      });
      server.listen(port, address, () => answer('listens'));
      return;
    }
    const socket = createSocket('udp4');
    socket.on('message', (_, from) => {
      note(from.address);
      socket.send(from.address, from.port, from.address, () => {});
    });
    socket.bind(port, address, () => answer('listens'));
  },
  ask: ({ protocol, address, port, from, bytes = 1, wait = 400 }, answer) => {
    const done = (words) => {
      clearTimeout(timer);
      answer(words);
      end();
    };
    const timer = setTimeout(() => done('silence'), wait);
    let end;
    if (protocol === 'tcp') {
      const socket = connect({ host: address, port, localAddress: from });
      end = () => socket.destroy();
      socket.on('data', (data) => done(String(data)));
      socket.on('error', (error) => done(error.code));
      return;
    }
    const socket = createSocket('udp4');
    end = () => socket.close();
    socket.on('message', (data) => done(String(data)));
    socket.on('error', (error) => done(error.code));
    socket.bind(0, from, () => socket.send(Buffer.alloc(bytes), port, address, (error) => error && done(error.code)));
  },
  seen: (_, answer) => answer(seen.splice(0)),
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, ...order } = JSON.parse(line);
    verbs[order.do](order, (answer) => process.stdout.write(`${JSON.stringify({ id, answer })}\n`));
  })
  .on('close', () => process.exit());
