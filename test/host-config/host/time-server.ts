import { createSocket } from 'node:dgram';

/**
 * A server of time (RFC 5905, figure 8), run in a namespace by `node time-server.js`-like: an opinion of its own, which shares nothing with
 * what asks it. Arguments: address, milliseconds that it is ahead, first byte of its answers, stratum.
 */
const [address, ahead = '0', first = '36', stratum = '2'] = process.argv.slice(2);
const socket = createSocket('udp4');
socket.on('message', (question, from) => {
  const answer = Buffer.alloc(48);
  answer[0] = Number(first);
  answer[1] = Number(stratum);
  question.copy(answer, 24, 40, 48);
  const now = Date.now() + Number(ahead);
  for (const at of [16, 32, 40]) {
    // Seconds since 1900, of whichever era: 32 bits of them.
    answer.writeUInt32BE((Math.floor(now / 1000) + 2_208_988_800) % 2 ** 32, at);
    answer.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), at + 4);
  }
  if (question.length === 48 && (question[0]! & 7) === 3) socket.send(answer, from.port, from.address);
});
socket.bind(123, address, () => process.stdout.write('listens\n'));
