/** A clock that somebody sets while lines wait: how long they have waited is told all the same. */
import { writeFileSync } from 'node:fs';
import { eventually } from '../../hosts/eventually';
import { FrontEnd } from './front-end';

let frontEnd: FrontEnd | undefined;
afterEach(() => frontEnd?.remove());

test.each([
  ['back', -3_600_000],
  ['ahead', 3_600_000],
])(
  'lines that wait are as old as they are when the clock goes an hour %s',
  async (_, ms) => {
    frontEnd = await FrontEnd.make();
    const set = `${frontEnd.root}/clock-is-set`;
    writeFileSync(
      `${frontEnd.root}/clock.cjs`,
      `const { now } = Date; const { existsSync } = require('node:fs');\nDate.now = () => now() + (existsSync(${JSON.stringify(set)}) ? ${ms} : 0);\n`,
    );
    frontEnd.spawn({ NODE_OPTIONS: `--require ${frontEnd.root}/clock.cjs` });
    await eventually(async () => (await frontEnd!.get('/health')).status === 200, 'it is well');
    expect((await frontEnd.post('logs', 'waits\n')).status).toBe(200);
    writeFileSync(set, '');
    const began = performance.now();
    const age = (): Promise<number> => frontEnd!.metric('meissa_front_end_oldest_unsent_seconds');
    await eventually(async () => (await age()) >= 3, 'it has waited three seconds');
    const waited = (performance.now() - began) / 1000;
    expect(await age()).toBeLessThan(waited + 30);
  },
  90_000,
);
