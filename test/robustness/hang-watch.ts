/** A loop that never ends holds the thread that would tell of it: another thread does. */
import { Worker } from 'node:worker_threads';

const CODE = `
const { workerData: { shared, seconds }, parentPort } = require('node:worker_threads');
const at = new Int32Array(shared);
let last = -1, since = Date.now();
setInterval(() => {
  const now = Atomics.load(at, 0);
  if (now !== last) { last = now; since = Date.now(); }
  else if (Atomics.load(at, 1) === 1 && Date.now() - since > seconds * 1000) {
    require('node:fs').writeSync(2, 'mutant ' + now + ' has no end (' + seconds + ' s)\\n');
    process.kill(process.pid, 'SIGKILL');
  }
}, 500);
`;

/** Ends this process, and says at which step, where one takes longer than so many seconds of the clock. */
export class HangWatch {
  readonly #at: Int32Array;
  readonly #worker: Worker;

  constructor(seconds: number) {
    const shared = new SharedArrayBuffer(8);
    this.#at = new Int32Array(shared);
    this.#worker = new Worker(CODE, { eval: true, workerData: { shared, seconds } });
    this.#worker.unref();
  }

  /** Runs a step under watch. @returns what it gives, and its seconds of CPU */
  run<T>(number: number, step: () => T): { readonly value: T; readonly seconds: number } {
    const before = process.cpuUsage();
    Atomics.store(this.#at, 0, number);
    Atomics.store(this.#at, 1, 1);
    try {
      const value = step();
      const { user, system } = process.cpuUsage(before);
      return { value, seconds: (user + system) / 1e6 };
    } finally {
      Atomics.store(this.#at, 1, 0);
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
