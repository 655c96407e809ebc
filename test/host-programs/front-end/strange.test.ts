/** A spool that lacks what its checkpoint names: nothing is forwarded, and nothing is told as drained, until somebody has looked. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../hosts/eventually';
import { FrontEnd } from './front-end';

let frontEnd: FrontEnd | undefined;
afterEach(() => frontEnd?.remove());

test('a front end whose files are gone alarms, and never says that it has drained', async () => {
  frontEnd = await FrontEnd.make({ stop: { drainFile: '/drain' } });
  mkdirSync(`${frontEnd.root}/spool`);
  writeFileSync(`${frontEnd.root}/spool/checkpoint`, JSON.stringify({ segment: 9, offset: 500 }));
  // Nothing is in the folder, and nothing comes: by counts alone all would be sent.
  writeFileSync(`${frontEnd.root}/drain`, '');
  const child = frontEnd.spawn();
  await eventually(async () => frontEnd!.log.includes('drains'), 'it has seen that it is to drain');
  await pause(500);
  expect(child.exitCode).toBe(null);
  expect(await frontEnd.metric('meissa_front_end_spool_strange')).toBe(1);
  expect(await frontEnd.end('SIGTERM')).toBe(0);
  expect(frontEnd.log).toContain('ends, the checkpoint names byte 500 of segment 9, which is not there');
  expect(existsSync(`${frontEnd.root}/spool/drained`)).toBe(false);
}, 60_000);
