/** What a host does about mirrors whose tasks have failed or whose certificate is old; the scripts run, the system's commands are stubs. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Estate } from '../../../lib/estate/model/model';
import { loadEstate } from '../../../lib/estate/read/load';
import { hostConfig } from '../../../lib/host-config/host-config';
import { planEstate } from '../../../lib/plan/plan';
import { eventually } from '../../hosts/eventually';
import { repository } from '../fixtures';

const { estate } = loadEstate(join(repository, 'test/estates/collection')) as { estate: Estate };
const fleet = planEstate(estate)
  .regions.find(({ name }) => name === 'us-east-1')!
  .fleets.find(({ name }) => name === 'mirrors')!;
const profiles = fleet.profiles.map((name) => estate.profiles.get(name)!);

let root: string;
let tending: ChildProcess | undefined;
const write = (path: string, content: string, mode = 0o644): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
};
const env = () => ({ PATH: `${root}/stubs:${process.env.PATH}`, MEISSA_ROOT: root, MEISSA_TEND_SECONDS: '0' });
const calls = (): string[] =>
  existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : [];

/** What the worker of a flow tells; undefined: it doesn't answer. */
function tells(port: number, failed: number | undefined): void {
  if (failed === undefined) rmSync(join(root, `metrics-${port}`), { force: true });
  else write(`metrics-${port}`, `kafka_connect_failed_tasks{connector="MirrorSourceConnector"} ${failed}.0\n`);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'meissa-mirror-host-'));
  for (const { path, content, permissions } of hostConfig(fleet.context, profiles).config.files)
    write(path, content, Number.parseInt(permissions, 8));
  write('/run/meissa/host.env', 'MEISSA_ADDRESS=10.1.8.64\n');
  write('/run/meissa/tls/cert.pem', 'a certificate\n');
  for (const region of ['ap-south-1', 'sa-east-1']) write(`/run/meissa-mirror-${region}/certificate`, 'a certificate\n');
  // The last argument is the address; the metrics of a port are a file.
  write(
    '/stubs/curl',
    `#!/bin/bash\nport=\${!#}; port=\${port#*64:}; cat "${root}/metrics-\${port%/metrics}" 2>/dev/null\n`,
    0o755,
  );
  write('/stubs/systemctl', `#!/bin/bash\n[[ $1 == is-active ]] || echo "$*" >>"${root}/calls"\n`, 0o755);
  write('/stubs/sleep', '#!/bin/bash\nexec /bin/sleep 0.05\n', 0o755);
  for (const port of [9410, 9411]) tells(port, 0);
});
afterEach(() => {
  if (tending?.pid) process.kill(-tending.pid, 'SIGKILL');
  tending = undefined;
  rmSync(root, { recursive: true });
});

const health = () => spawnSync(join(root, 'opt/meissa/health.d/mirror'), { env: env(), encoding: 'utf8' });
const tend = (): void => {
  tending = spawn(join(root, 'opt/meissa/bin/meissa-mirror'), ['tend'], { env: env(), stdio: 'ignore', detached: true });
};

test('a host is well while the workers of all its flows are up and no task has failed', () => {
  expect(health().status).toBe(0);
  tells(9411, 2);
  expect(health()).toMatchObject({ status: 1, stderr: 'meissa-mirror: 2 parts of the mirror of sa-east-1 have failed\n' });
  tells(9411, undefined);
  expect(health()).toMatchObject({ status: 1, stderr: 'meissa-mirror: the mirror of sa-east-1 is not up\n' });
});

test('a worker whose task has failed is started again, and only it', async () => {
  tells(9411, 1);
  tend();
  await eventually(() => calls().length > 0, 'it is started again');
  tells(9411, 0);
  expect(new Set(calls())).toEqual(new Set(['restart mirror@sa-east-1.service']));
});

test('a new certificate starts every worker again, one after the other; those that have it are left alone', async () => {
  write('/run/meissa/tls/cert.pem', 'a new certificate\n');
  write('/run/meissa-mirror-ap-south-1/certificate', 'a new certificate\n');
  tend();
  await eventually(() => calls().length > 0, 'one is started again');
  expect(new Set(calls())).toEqual(new Set(['restart mirror@sa-east-1.service']));
});

test('a worker whose region is away is well: it waits', () => {
  write('metrics-9411', 'jvm_threads_current 40.0\n');
  expect(health().status).toBe(0);
});

test('a connector that has failed counts like a task', () => {
  write('metrics-9411', 'kafka_connect_connector_failed{connector="MirrorSourceConnector"} 1.0\n');
  expect(health().stderr).toBe('meissa-mirror: 1 parts of the mirror of sa-east-1 have failed\n');
});

test('a worker that is only coming up is left alone', async () => {
  tells(9410, undefined);
  tells(9411, 1);
  tend();
  await eventually(() => calls().length > 1, 'two rounds are done');
  expect(calls()).not.toContain('restart mirror@ap-south-1.service');
});
