/** The engine without a cloud: order, change, replacement, the way back. */
import { planChanges } from '../../lib/engine/change-plan';
import { wildcard } from '../../lib/engine/wildcard';
import { aBox, SECONDS, toyCloud } from './toy-cloud';

const red = { Size: 1, Colour: 'red' };

/** What happened to which resource, in order. */
const history = (stack: { events: { logicalId: string; status: string }[]; name: string }) =>
  stack.events.filter((e) => e.logicalId !== stack.name).map((e) => `${e.logicalId} ${e.status}`);

test('what refers to a resource comes after it, and reads its attributes', async () => {
  const { deploy, boxes } = toyCloud();
  const stack = await deploy({ B: aBox({ ...red, Label: { 'Fn::GetAtt': ['A', 'Label'] } }), A: aBox(red) });
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(history(stack)).toEqual(['A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE', 'B CREATE_IN_PROGRESS', 'B CREATE_COMPLETE']);
  expect(stack.resources.B?.properties.Label).toBe('label of A-0-red');
  expect(Object.keys(boxes)).toEqual(['A-0-red', 'B-1-red']);
});

test('a circle is refused by name', async () => {
  const { deploy } = toyCloud();
  const other = (id: string) => aBox({ ...red, Label: { 'Fn::GetAtt': [id, 'Label'] } });
  await expect(deploy({ A: other('B'), B: other('A') })).rejects.toThrow('Circular dependency between resources: [A, B]');
});

test('a change in place keeps the resource; one that replaces makes the new one first', async () => {
  const { deploy, boxes } = toyCloud();
  await deploy({ A: aBox(red) });
  await deploy({ A: aBox({ ...red, Size: 2 }) });
  expect(boxes).toEqual({ 'A-0-red': { size: 2, colour: 'red' } });
  const stack = await deploy({ A: aBox({ Size: 2, Colour: 'blue' }) });
  expect(boxes).toEqual({ 'A-1-blue': { size: 2, colour: 'blue' } });
  expect(stack.resources.A?.physicalId).toBe('A-1-blue');
  expect(history(stack).slice(-3)).toEqual(['A UPDATE_COMPLETE', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE']);
});

test('where the old one goes first, it has gone before the new one is made', async () => {
  const { deploy, boxes } = toyCloud('delete-first');
  await deploy({ A: aBox(red) });
  await deploy({ A: aBox({ Size: 1, Colour: 'blue' }) });
  expect(Object.keys(boxes)).toEqual(['A-0-blue']);
});

test('an update that fails goes back to the resources that stood, and takes its own away', async () => {
  const { deploy, boxes } = toyCloud();
  await deploy({ A: aBox(red), C: aBox(red) });
  const before = structuredClone(boxes);
  const stack = await deploy({
    A: aBox({ Size: 3, Colour: 'blue' }),
    B: aBox(red),
    C: aBox({ ...red, Size: 101 }, { DependsOn: ['A', 'B'] }),
  });
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(boxes).toEqual(before);
  expect(Object.keys(stack.resources)).toEqual(['A', 'C']);
});

test('a create that fails takes back what it made; one whose deletion fails stays, and is named', async () => {
  const { deploy, boxes, faults } = toyCloud();
  faults.plant({ logicalId: 'B', action: 'create', code: 'Full', message: 'no room' });
  faults.plant({ logicalId: 'A', action: 'delete', code: 'Stuck', message: 'nailed down' });
  const stack = await deploy({ A: aBox(red), B: aBox(red, { DependsOn: 'A' }) });
  expect(stack).toMatchObject({ status: 'ROLLBACK_FAILED', reason: 'left: A' });
  expect(Object.keys(boxes)).toEqual(['A-0-red']);
});

test('a change that the type does not take, or a replacement that was not asked for, fails with nothing touched', async () => {
  const { deploy, boxes } = toyCloud('delete-first');
  await deploy({ A: aBox(red) });
  const off = { disableRollback: true };
  const shaped = await deploy({ A: aBox({ ...red, Shape: 'round' }) }, off);
  expect(shaped).toMatchObject({ status: 'UPDATE_FAILED' });
  expect(shaped.resources.A?.reason).toBe('A keeps Shape');
  const painted = await deploy({ A: aBox({ ...red, Colour: 'blue' }) }, { ...off, replacements: false });
  expect(painted.resources.A?.reason).toBe('A keeps Colour');
  expect(Object.keys(boxes)).toEqual(['A-0-red']);
});

test('a plan tells what an update would do, and does nothing', async () => {
  const { deploy, boxes, engine } = toyCloud();
  const stack = await deploy({ A: aBox(red), B: aBox({ ...red, Label: { 'Fn::GetAtt': ['A', 'Label'] } }), C: aBox(red) });
  const before = structuredClone({ boxes, resources: stack.resources });
  const next = {
    A: aBox({ ...red, Colour: 'blue' }),
    B: aBox({ ...red, Label: { 'Fn::GetAtt': ['A', 'Label'] } }),
    D: aBox(red),
  };
  const target = engine.target(stack, { name: 'toys', body: JSON.stringify(next), parameters: [], capabilities: [] });
  const { changes } = planChanges(stack, target, engine.machine.dialect);
  expect(changes.map(({ logicalId, action, replacement }) => [logicalId, action, replacement])).toEqual([
    ['A', 'Modify', 'True'],
    ['B', 'Modify', 'False'],
    ['C', 'Remove', undefined],
    ['D', 'Add', undefined],
  ]);
  expect({ boxes, resources: stack.resources }).toEqual(before);
});

test('who waits for an operation is told whether it ended', async () => {
  const { engine, place, clock } = toyCloud();
  const body = JSON.stringify({ A: aBox({ ...red, Seconds: 200 }) });
  const stack = engine.create(place, { name: 'toys', body, parameters: [], capabilities: [] });
  const settled = (seconds: number) => clock.run(engine.settled(stack.id, seconds * 1000));
  expect(await settled(5)).toBe(false);
  expect(stack.status).toBe('CREATE_IN_PROGRESS');
  expect(await settled(5000)).toBe(true);
  expect(clock.milliseconds()).toBe((200 + SECONDS.create) * 1000);
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(await settled(5000)).toBe(true);
});

test.each([
  ['a*c', 'abbc', true],
  ['a.c', 'abc', false],
  ['*', '', true],
  ['a?c', 'abc', false],
])('%s holds %s: %s', (pattern, text, holds) => {
  expect(wildcard(pattern).test(text)).toBe(holds);
});
test('a question mark stands for one character where that was asked for', () => {
  expect([wildcard('a?c', true).test('abc'), wildcard('a?c', true).test('ac')]).toEqual([true, false]);
});
