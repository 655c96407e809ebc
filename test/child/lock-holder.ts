/** Takes a lock, adds a line to a file by reading and writing it, and lets go; or holds it until it is killed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { withLock } from '../../lib/disk/lock';

const [path, file, rounds, hold] = process.argv.slice(2) as [string, string, string, string | undefined];

async function main(): Promise<void> {
  for (let round = 0; round < Number(rounds); round++) {
    await withLock(path, { verb: 'lock holder', wait: 60_000 }, async () => {
      const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
      if (hold !== undefined) {
        process.stdout.write('held\n');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
      writeFileSync(file, `${before}${process.pid}\n`);
    });
  }
}

void main();
