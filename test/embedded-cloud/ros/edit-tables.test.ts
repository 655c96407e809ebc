import { rosSchema } from '../../../lib/embedded-cloud/aliyun/dialect/schema';
import { aliyunHandlers } from '../../../lib/embedded-cloud/aliyun/resources';
import { rosUpdates } from '../../../lib/facts/aliyun/updates';

const types = rosSchema().resourceTypes;

test('a type whose properties can be edited has a handler that edits', () => {
  const without = Object.entries(aliyunHandlers)
    .filter(([type, h]) => !h.update && (rosUpdates[type]?.none ?? rosUpdates[type]?.interrupt) !== undefined)
    .map(([type]) => type);
  expect(without).toEqual([]);
});

test('a type that takes tags has a handler that changes them: a stack hands its own down', () => {
  const without = Object.entries(aliyunHandlers).filter(([type, h]) => !h.update && types[type]?.properties.Tags);
  expect(without.map(([type]) => type)).toEqual([]);
});
