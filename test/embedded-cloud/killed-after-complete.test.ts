/** What was said to be complete is on disk before it is said: a real process, ended by kill -9 the moment it answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TYPESCRIPT } from '../child/run';
import { Driver, network } from './driver';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-world-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the program that kills itself when the stack's status is the one asked for, over HTTP. */
async function killedAt(status: 'CREATE_COMPLETE' | 'DELETE_COMPLETE'): Promise<NodeJS.Signals | null> {
  const program = join(__dirname, 'killed-when-told.ts');
  const child: ChildProcess = spawn(process.execPath, [...TYPESCRIPT, program, folder, status, JSON.stringify(network(['a']))], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
}

test('after CREATE_COMPLETE and a kill -9 the stack is there, with all that it made', async () => {
  expect(await killedAt('CREATE_COMPLETE')).toBe('SIGKILL');
  const driver = await Driver.start({ stateDir: folder });
  expect(driver.inventory.stacks).toMatchObject([{ name: 's', status: 'CREATE_COMPLETE' }]);
  expect([driver.inventory.vpcs.length, driver.inventory.subnets.length]).toEqual([1, 1]);
  expect((await driver.delete('s')).status).toBe('DELETE_COMPLETE');
  await driver.close();
});

test('after DELETE_COMPLETE and a kill -9 nothing of it is there', async () => {
  expect(await killedAt('DELETE_COMPLETE')).toBe('SIGKILL');
  const driver = await Driver.start({ stateDir: folder });
  expect(driver.inventory.stacks).toEqual([]);
  expect(driver.inventory.vpcs).toEqual([]);
  await driver.close();
});
