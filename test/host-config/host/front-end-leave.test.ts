/** How a front end of an Auto Scaling group leaves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../root';
import { context } from '../fixtures';
import { FakeAws } from './fake-aws';
import { eventually, Sandbox } from './sandbox';

const SCRIPT = readFileSync(join(ROOT, 'cloud-config/front-end/front-end-leave.sh'), 'utf8');
const aws = new FakeAws();
const { fleet } = context();
const drain = { group: 'sa-east-1-collection-front-ends', hook: 'drain', heartbeat: 900 };
let host: Sandbox;

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(() => {
  host = new Sandbox(aws.environment).install(['base'], { fleet: { ...fleet, drain } });
  host.stub('sleep', 'exec /bin/sleep 0.05');
  aws.lifecycle.length = 0;
  aws.requests.length = 0;
  delete aws.lifecycleState;
  aws.hookWaits = false;
});
afterEach(() => host.end());

const asked = (path: string) => aws.requests.filter((request) => request.includes(path)).length;

/** The script itself, with a front end that has drained when the file `drained` is there. */
function leave() {
  host.write('/opt/meissa/bin/front-end-leave', SCRIPT, '0755');
  const drained = `touch "${host.root}/draining"; until [[ -e ${host.root}/drained ]]; do /bin/sleep 0.05; done`;
  host.write('/opt/meissa/bin/front-end-drain', `#!/bin/bash\n${drained}\n`, '0755');
  return host.run('front-end-leave', [drain.group, drain.hook]);
}

test('a host that stays drains nothing and says nothing', async () => {
  aws.lifecycleState = 'InService';
  leave();
  await eventually(() => asked('target-lifecycle-state') > 3, 'it asks again');
  expect(host.read('draining')).toBeUndefined();
  expect(aws.lifecycle).toEqual([]);
});

test('a host that goes drains, says that it is at it, and may go once it has drained', async () => {
  const left = leave();
  aws.hookWaits = true;
  aws.lifecycleState = 'Terminated';
  const beat = `RecordLifecycleActionHeartbeat ${drain.group} drain i-0123456789abcdef0`;
  await eventually(() => aws.lifecycle.length > 0, 'a sign of life');
  expect(aws.lifecycle).toEqual([beat]);
  expect(host.read('draining')).toBeDefined();
  host.write('/drained', '');
  expect(await left).toMatchObject({ code: 0, out: 'this host goes: the front end drains\ndrained\n' });
  expect(aws.lifecycle).toEqual([beat, `CompleteLifecycleAction ${drain.group} drain i-0123456789abcdef0 CONTINUE`]);
});

test('a group that does not wait yet is told again', async () => {
  host.write('/drained', '');
  aws.lifecycleState = 'Terminated';
  const left = leave();
  await eventually(() => asked('/asg') > 2, 'it tells again');
  aws.hookWaits = true;
  expect((await left).code).toBe(0);
  expect(aws.lifecycle.at(-1)).toContain('CompleteLifecycleAction');
});

test('hosts that keep what they hold have no such verbs', async () => {
  host.install(['base']);
  expect(await host.run('meissa-cloud', ['lifecycle-state'])).toMatchObject({
    code: 1,
    err: 'meissa-cloud: no verb lifecycle-state\n',
  });
});
