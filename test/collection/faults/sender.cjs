/**
 * Sends numbered lines to front ends, in the network of whoever started it, and says which were acknowledged:
 *
 *     node sender.cjs <region> <topic> <lines a second> <bytes a line> <address:port>...
 *
 * Prints `ack <first> <last>` for a batch that was answered 200. What isn't acknowledged is sent again, to the next front end,
 * until it is: as a sender does that must not lose a line. SIGTERM: no new lines; it ends when all are acknowledged.
 */
const { request, Agent } = require('node:http');

const [, , region, topic, rate, bytes, ...endpoints] = process.argv;
const EVERY_MS = 50;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
let next = 1;
let waiting = 0;
let ending = false;

/** `<region> <number> <ms> ...`: the time is that of the first attempt, so that waiting counts as delay. */
function lines(first, last) {
  const at = Date.now();
  const all = [];
  for (let n = first; n <= last; n++) all.push(`${region} ${n} ${at} `.padEnd(Number(bytes), 'x'));
  return `${all.join('\n')}\n`;
}

function post(endpoint, body) {
  const [host, port] = endpoint.split(':');
  return new Promise((resolve) => {
    const sending = request(
      {
        host,
        port,
        agent,
        method: 'POST',
        path: `/lines/${topic}`,
        timeout: 5000,
        headers: { 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode === 200));
        answer.on('error', () => resolve(false));
      },
    );
    sending.on('timeout', () => sending.destroy());
    sending.on('error', () => resolve(false));
    sending.end(body);
  });
}

async function batch(first, last) {
  waiting++;
  const body = lines(first, last);
  for (let turn = first; !(await post(endpoints[turn % endpoints.length], body)); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  process.stdout.write(`ack ${first} ${last}\n`);
  waiting--;
}

const start = Date.now();
const timer = setInterval(() => {
  if (ending) {
    if (waiting === 0) process.exit(0);
    return;
  }
  const due = Math.floor(((Date.now() - start) * Number(rate)) / 1000);
  // A front end that answers nothing must not fill this process: senders have bounds, too.
  if (due < next || waiting > 200) return;
  const last = Math.min(due, next + 5000);
  batch(next, last);
  next = last + 1;
}, EVERY_MS);
process.on('SIGTERM', () => (ending = true));
timer.ref();
