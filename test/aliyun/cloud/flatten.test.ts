import fc from 'fast-check';
import { flattenParameters, type Parameter } from '../../../lib/aliyun/cloud/flatten';

test('lists are counted from one, what is not there is not sent, objects are JSON', () => {
  expect(
    flattenParameters({
      Tags: [{ Key: 'a', Value: 'b' }, undefined, { Key: 'c', Value: undefined }],
      InstanceId: ['i-1', 'i-2'],
      Template: { a: [1, true, null] },
      Big: 12345678901234567890n,
      Off: false,
      Zero: 0,
      Empty: '',
      None: undefined,
      Null: null,
    }),
  ).toEqual({
    'Tags.1.Key': 'a',
    'Tags.1.Value': 'b',
    'Tags.2.Key': 'c',
    'InstanceId.1': 'i-1',
    'InstanceId.2': 'i-2',
    Template: '{"a":[1,true,null]}',
    Big: '12345678901234567890',
    Off: 'false',
    Zero: '0',
    Empty: '',
  });
});

test.each(['Action', 'Signature', 'AccessKeyId'])('%s is not for a caller to write', (name) => {
  expect(() => flattenParameters({ [name]: 'x' })).toThrow(TypeError);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is no number that can be sent', (value) => {
  expect(() => flattenParameters({ Timeout: value })).toThrow('Timeout');
});

test('whatever is given, only text comes out, never undefined or [object Object], and every leaf of a list is there', () => {
  const name = fc.stringMatching(/^[A-Z][A-Za-z]{1,8}X$/);
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined), fc.constant(null));
  const value: fc.Arbitrary<Parameter> = fc.oneof(
    leaf,
    fc.array(leaf),
    fc.array(fc.dictionary(name, leaf, { minKeys: 1 })),
    fc.dictionary(name, leaf),
  );
  fc.assert(
    fc.property(fc.dictionary(name, value), (parameters) => {
      const flat = flattenParameters(parameters);
      for (const [key, sent] of Object.entries(flat)) {
        expect(typeof sent).toBe('string');
        expect(key).toMatch(/^[A-Z][A-Za-z]*(\.\d+)?(\.[A-Z][A-Za-z]*)?$/);
        if (sent === 'undefined' || sent.includes('[object')) expect(JSON.stringify(parameters)).toContain(sent);
      }
      for (const [key, given] of Object.entries(parameters)) {
        if (!Array.isArray(given)) continue;
        const numbers = new Set(
          Object.keys(flat)
            .filter((one) => one.startsWith(`${key}.`))
            .map((one) => Number(one.split('.')[1])),
        );
        const plain = given.filter((one) => one !== undefined && one !== null && typeof one !== 'object').length;
        expect(numbers.size).toBeGreaterThanOrEqual(plain);
        expect(Math.max(0, ...numbers)).toBeLessThanOrEqual(given.length);
      }
    }),
  );
});
