import { rosSchema } from '../../../lib/embedded-cloud/aliyun/dialect/schema';
import { aliyunHandlers } from '../../../lib/embedded-cloud/aliyun/resources';
import { editTables, rosEffect } from '../../../lib/embedded-cloud/aliyun/updates';

const types = rosSchema().resourceTypes;

test.each(Object.keys(types))('%s has a table of what can be edited', (type) => {
  expect(editTables[type]?.page).toBe(type);
});

const emitted = Object.entries(editTables).filter(([type]) => types[type] !== undefined);

test.each(emitted)('what the table of %s names are properties of the type', (type, table) => {
  const known = Object.keys(types[type]!.properties);
  expect([...table.editable, ...(table.interrupting ?? [])].filter((p) => !known.includes(p))).toEqual([]);
});

test('a type whose properties can be edited has a handler that edits', () => {
  const without = Object.entries(aliyunHandlers)
    .filter(([type, h]) => !h.update && (editTables[type]?.editable.length ?? 0) > 0)
    .map(([type]) => type);
  expect(without).toEqual([]);
});

test('a type that takes tags has a handler that changes them: a stack hands its own down', () => {
  const without = Object.entries(aliyunHandlers).filter(([type, h]) => !h.update && types[type]?.properties.Tags);
  expect(without.map(([type]) => type)).toEqual([]);
});

test('where a member stands never changes in place', () => {
  for (const property of ['PrivateIpAddress', 'VSwitchId', 'ZoneId', 'VpcId'])
    expect(rosEffect('ALIYUN::ECS::Instance', property, 'a', 'b')).toBe('replace');
  expect(rosEffect('ALIYUN::ECS::Instance', 'InstanceType', 'a', 'b')).toBe('interrupt');
  expect(rosEffect('ALIYUN::ECS::Instance', 'Tags', [], [])).toBe('none');
  expect(rosEffect('ALIYUN::ECS::Route', 'NextHopId', 'a', 'b')).toBe('replace');
});
