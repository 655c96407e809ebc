/** What goes wrong on purpose, in virtual time: the same in every run. */
import { seeded } from '../../lib/engine/random';
import { throttledWait } from '../../lib/facts/throttling';
import { aBox, SECONDS, toyCloud } from './toy-cloud';

const red = { Size: 1, Colour: 'red' };
const boxes = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`B${i}`, aBox(red)]));

test('requests that are turned away are asked again, later each time, and the stack takes longer', async () => {
  const run = async (rate: number) => {
    const cloud = toyCloud();
    cloud.faults.throttle(rate, seeded(7));
    const stack = await cloud.deploy(boxes(20));
    return { status: stack.status, made: Object.keys(cloud.boxes).length, took: cloud.clock.milliseconds() / 1000 };
  };
  const [free, busy] = [await run(0), await run(0.5)];
  expect(free).toEqual({ status: 'CREATE_COMPLETE', made: 20, took: SECONDS.create });
  expect(busy).toMatchObject({ status: 'CREATE_COMPLETE', made: 20 });
  expect(busy.took).toBeGreaterThan(free.took + 2);
  expect(await run(0.5)).toEqual(busy);
});

test('who is turned away every time fails when the engine gives up, and says so', async () => {
  const cloud = toyCloud();
  cloud.faults.throttle(1, seeded(1));
  const stack = await cloud.deploy({ A: aBox(red) }, { disableRollback: true });
  expect(stack.resources.A).toMatchObject({ status: 'CREATE_FAILED', reason: 'Rate exceeded' });
  let waited = 0;
  for (let n = 0, wait = throttledWait(0); wait !== undefined; wait = throttledWait(++n)) waited += wait;
  expect(cloud.clock.milliseconds()).toBe(waited * 1000);
});

test('a lost answer is asked for again: the thing is made once, and later', async () => {
  const cloud = toyCloud();
  cloud.faults.plant({ logicalId: 'A', action: 'create', lost: 'usual' });
  const stack = await cloud.deploy({ A: aBox({ ...red, Name: 'one' }) });
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(Object.keys(cloud.boxes)).toEqual(['A-0-red']);
  expect(cloud.clock.milliseconds()).toBe((60 + SECONDS.create) * 1000);
});

test('where the engine gives up on a lost answer, what was made stays behind, and its name stands in the way of a second try', async () => {
  const cloud = toyCloud();
  cloud.faults.plant({ logicalId: 'A', action: 'create', lost: 'given-up' });
  const named = { A: aBox({ ...red, Name: 'one' }) };
  const first = await cloud.deploy(named);
  expect(first.status).toBe('ROLLBACK_COMPLETE');
  expect(Object.keys(cloud.boxes)).toEqual(['A-0-red']);
  cloud.engine.delete(cloud.place, 'toys', []);
  await cloud.clock.run(cloud.engine.over(first.id));
  const second = await cloud.deploy(named, { disableRollback: true });
  expect(second.resources.A?.reason).toBe('one already exists');
});

test('a deletion whose answer was lost has happened', async () => {
  const cloud = toyCloud();
  const { id } = await cloud.deploy({ A: aBox(red) });
  cloud.faults.plant({ action: 'delete', lost: 'given-up' });
  cloud.engine.delete(cloud.place, 'toys', []);
  await cloud.clock.run(cloud.engine.over(id));
  expect(cloud.place.stacks[id]?.status).toBe('DELETE_FAILED');
  expect(cloud.boxes).toEqual({});
  cloud.engine.delete(cloud.place, 'toys', []);
  await cloud.clock.run(cloud.engine.over(id));
  expect(cloud.place.stacks[id]?.status).toBe('DELETE_COMPLETE');
});

test('what was deleted by hand is still remembered by its stack', async () => {
  const cloud = toyCloud();
  const stack = await cloud.deploy({ A: aBox(red), B: aBox(red) });
  await cloud.engine.deleteByHand(cloud.place, 'toys', 'A');
  expect(Object.keys(cloud.boxes)).toEqual(['B-1-red']);
  expect(stack.resources.A).toMatchObject({ status: 'CREATE_COMPLETE', physicalId: 'A-0-red' });
  await expect(cloud.engine.deleteByHand(cloud.place, 'toys', 'C')).rejects.toThrow('toys has no C');
});

test('a fault strikes the resource of its stack, after as many attempts as it was told, once', async () => {
  const cloud = toyCloud();
  cloud.faults.plant({ stack: 'others', code: 'Never', message: 'never' });
  cloud.faults.plant({ type: 'Box', after: 2, code: 'Full', message: 'no room' });
  const stack = await cloud.deploy({ A: aBox(red), B: aBox(red), C: aBox(red), D: aBox(red) }, { disableRollback: true });
  expect(Object.values(stack.resources).map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
    'A CREATE_COMPLETE',
    'B CREATE_COMPLETE',
    'C CREATE_FAILED',
    'D CREATE_COMPLETE',
  ]);
});

test('what is asked is counted, and told at the step that somebody waits for', async () => {
  const cloud = toyCloud();
  const told: number[] = [];
  cloud.faults.at(3, () => told.push(cloud.faults.steps));
  await cloud.deploy(boxes(5));
  expect([told, cloud.faults.steps]).toEqual([[3], 5]);
});

test('what is still in use when its turn comes goes when its user has gone', async () => {
  const cloud = toyCloud();
  const { id } = await cloud.deploy({ A: aBox(red), B: aBox({ ...red, Uses: 'A' }) });
  cloud.engine.delete(cloud.place, 'toys', []);
  await cloud.clock.run(cloud.engine.over(id));
  expect(cloud.place.stacks[id]).toMatchObject({ status: 'DELETE_COMPLETE' });
});

test('what stays in use fails as soon as nothing else goes', async () => {
  const cloud = toyCloud();
  const { id } = await cloud.deploy({ A: aBox(red) });
  cloud.boxes.stranger = { size: 1, colour: 'blue', uses: 'A' };
  const from = cloud.clock.milliseconds();
  cloud.engine.delete(cloud.place, 'toys', []);
  await cloud.clock.run(cloud.engine.over(id));
  expect(cloud.place.stacks[id]).toMatchObject({ status: 'DELETE_FAILED', reason: 'left: A' });
  expect(cloud.clock.milliseconds() - from).toBe(SECONDS.delete * 1000);
});
