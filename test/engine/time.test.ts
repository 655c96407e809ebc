/** What a stack operation does in time: what lies beside what, and how it ends when it goes wrong half-way. */
import { aBox, SECONDS, type ToyCloud, toyCloud } from './toy-cloud';

const red = { Size: 1, Colour: 'red' };
const { create, update, interrupt } = SECONDS;

/** Each piece of work as `act id from-to`, seconds since a moment, in the order of its end. */
const timesOf = ({ works }: ToyCloud, since = 0) =>
  works.map(({ act, logicalId, from, to }) => `${act} ${logicalId} ${(from - since) / 1000}-${(to - since) / 1000}`);

/** Deploys what stands, then says what the next deploy does. */
async function next(cloud: ToyCloud, ...[resources, options]: Parameters<ToyCloud['deploy']>) {
  cloud.works.length = 0;
  const since = cloud.clock.milliseconds();
  const stack = await cloud.deploy(resources, options);
  return { stack, times: timesOf(cloud, since), seconds: (cloud.clock.milliseconds() - since) / 1000 };
}

test('what does not depend on each other is made side by side, what does one after the other', async () => {
  const cloud = toyCloud();
  const { times } = await next(cloud, { A: aBox(red), B: aBox({ ...red, Seconds: 5 }), C: aBox(red, { DependsOn: ['A', 'B'] }) });
  expect(times).toEqual([`create A 0-${create}`, `create B 0-${create + 5}`, `create C ${create + 5}-${2 * create + 5}`]);
});

test('restarts that are chained follow each other; with the chain gone they overlap', async () => {
  const voters = (power: number, chained: boolean) => ({
    V1: aBox({ ...red, Power: power }),
    V2: aBox({ ...red, Power: power }, chained ? { DependsOn: 'V1' } : {}),
    V3: aBox({ ...red, Power: power }, chained ? { DependsOn: 'V2' } : {}),
  });
  const cloud = toyCloud();
  await cloud.deploy(voters(1, true));
  const chained = await next(cloud, voters(2, true));
  expect(chained.times).toEqual([0, 1, 2].map((n) => `interrupt V${n + 1} ${n * interrupt}-${(n + 1) * interrupt}`));
  const loose = await next(cloud, voters(3, false));
  expect(loose.times).toEqual([1, 2, 3].map((n) => `interrupt V${n} 0-${interrupt}`));
  expect(loose.seconds).toBe(interrupt);
});

test('a replacement stands beside the old one until the clean-up, which the stack names', async () => {
  const cloud = toyCloud();
  await cloud.deploy({ A: aBox(red), B: aBox(red) });
  const { times, stack } = await next(cloud, { A: aBox({ ...red, Colour: 'blue' }), B: aBox({ ...red, Size: 2, Seconds: 1 }) });
  expect(times).toEqual([`update B 0-${update}`, `replace A 0-${create}`, `delete A ${create}-${create + SECONDS.delete}`]);
  expect(stack.events.filter(({ logicalId }) => logicalId === 'toys').map(({ status }) => status)).toEqual([
    'CREATE_IN_PROGRESS',
    'CREATE_COMPLETE',
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_COMPLETE',
  ]);
});

test('a replacement that needs the name of what it replaces fails where the new one is made first, and not where the old one goes first', async () => {
  const named = (colour: string) => ({ A: aBox({ Size: 1, Colour: colour, Name: 'fixed' }) });
  const [first, last] = [toyCloud('create-first'), toyCloud('delete-first')];
  for (const cloud of [first, last]) await cloud.deploy(named('red'));
  const collided = await first.deploy(named('blue'));
  expect(collided.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(collided.events.find(({ status }) => status === 'UPDATE_FAILED')?.reason).toBe('fixed already exists');
  expect(Object.values(first.boxes)).toEqual([{ size: 1, colour: 'red', name: 'fixed' }]);
  expect((await last.deploy(named('blue'))).status).toBe('UPDATE_COMPLETE');
  expect(Object.values(last.boxes)).toEqual([{ size: 1, colour: 'blue', name: 'fixed' }]);
});

test('what is in the middle of its creation when another fails is cancelled at that moment, and its thing goes', async () => {
  const cloud = toyCloud();
  cloud.faults.plant({ logicalId: 'B', code: 'Full', message: 'no room' });
  const { stack, times } = await next(cloud, {
    A: aBox({ ...red }),
    S: aBox({ ...red, Seconds: 1 }),
    B: aBox(red, { DependsOn: 'S' }),
  });
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(times.slice(0, 3)).toEqual([`create A 0-${create}`, `create S 0-${create + 1}`, `create B ${create + 1}-${create + 1}`]);
  const long = toyCloud();
  long.faults.plant({ logicalId: 'B', code: 'Full', message: 'no room' });
  const slow = await next(long, { B: aBox(red), A: aBox(red) });
  expect(slow.stack.events.find(({ logicalId, status }) => logicalId === 'A' && status === 'CREATE_FAILED')).toMatchObject({
    reason: 'Resource creation cancelled',
    physicalId: 'A-0-red',
  });
  expect(long.boxes).toEqual({});
});

test('with rollback off what does not depend on the failed one goes on, and the next update goes on from there', async () => {
  const cloud = toyCloud();
  cloud.faults.plant({ logicalId: 'B', code: 'Full', message: 'no room' });
  const parts = { A: aBox({ ...red, Seconds: 20 }), B: aBox(red), C: aBox(red, { DependsOn: 'B' }) };
  const { stack } = await next(cloud, parts, { disableRollback: true });
  expect(stack).toMatchObject({ status: 'CREATE_FAILED', resources: { A: { status: 'CREATE_COMPLETE' } } });
  expect(stack.resources.C).toBeUndefined();
  const again = await next(cloud, parts, { disableRollback: true });
  expect(again.stack.status).toBe('UPDATE_COMPLETE');
  expect(again.times.map((time) => time.split(' ').slice(0, 2).join(' '))).toEqual(['create B', 'create C']);
});

test('the way back stops what it changes as long as the way there', async () => {
  const cloud = toyCloud();
  await cloud.deploy({ A: aBox({ ...red, Power: 1 }), B: aBox(red) });
  const { stack, times } = await next(cloud, {
    A: aBox({ ...red, Power: 2 }),
    B: aBox({ ...red, Size: 101 }, { DependsOn: 'A' }),
  });
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(times).toEqual([
    `interrupt A 0-${interrupt}`,
    `update B ${interrupt}-${interrupt}`,
    `interrupt A ${interrupt}-${2 * interrupt}`,
    `update B ${2 * interrupt}-${2 * interrupt + update}`,
  ]);
  expect(cloud.works.map(({ rollback }) => rollback)).toEqual([false, false, true, true]);
});

test('a rollback that fails is continued, and may leave a resource as it is', async () => {
  const cloud = toyCloud();
  await cloud.deploy({ A: aBox(red), B: aBox(red) });
  cloud.faults.plant({ logicalId: 'A', action: 'update', after: 1, code: 'Stuck', message: 'nailed down' });
  const stack = await cloud.deploy({ A: aBox({ ...red, Size: 2 }), B: aBox({ ...red, Size: 101 }, { DependsOn: 'A' }) });
  expect(stack).toMatchObject({ status: 'UPDATE_ROLLBACK_FAILED', resources: { A: { reason: 'nailed down' } } });
  cloud.engine.continueRollback(cloud.place, 'toys', []);
  await cloud.clock.run(cloud.engine.over(stack.id));
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(Object.values(cloud.boxes).map(({ size }) => size)).toEqual([1, 1]);

  cloud.faults.plant({ logicalId: 'A', action: 'update', after: 1, once: false, code: 'Stuck', message: 'nailed down' });
  await cloud.deploy({ A: aBox({ ...red, Size: 3 }), B: aBox({ ...red, Size: 101 }, { DependsOn: 'A' }) });
  cloud.engine.continueRollback(cloud.place, 'toys', ['A']);
  await cloud.clock.run(cloud.engine.over(stack.id));
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(Object.values(cloud.boxes).map(({ size }) => size)).toEqual([3, 1]);
});

test('an update that changes nothing touches nothing, and one of a policy alone neither', async () => {
  const cloud = toyCloud();
  await cloud.deploy({ A: aBox(red) });
  const { times, seconds, stack } = await next(cloud, { A: aBox(red, { DeletionPolicy: 'Retain' }) });
  expect([times, seconds, stack.resources.A?.deletionPolicy]).toEqual([[], 0, 'Retain']);
});

test('what a stack retains leaves it and stays', async () => {
  const cloud = toyCloud();
  await cloud.deploy({ A: aBox(red, { DeletionPolicy: 'Retain' }), B: aBox(red) });
  const { times } = await next(cloud, { B: aBox(red) });
  expect(times).toEqual(['retain A 0-0']);
  expect(Object.keys(cloud.boxes)).toEqual(['A-0-red', 'B-1-red']);
});
