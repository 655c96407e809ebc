import fc from 'fast-check';

test('a property that fails is shrunk no longer than its time, and says its seed', async () => {
  let clock = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => clock);
  let shrunk = 0;
  const failing = fc.asyncProperty(fc.array(fc.nat(), { minLength: 50, maxLength: 60 }), async () => {
    shrunk++;
    clock += 9_000;
    throw new Error('as it should');
  });
  await expect(fc.assert(failing, { seed: 7 })).rejects.toThrow(/seed: 7, path: /);
  expect(shrunk).toBeGreaterThan(1);
  expect(shrunk).toBeLessThan(6);
});

test('a property that holds is tried with every value, however long it takes', () => {
  let clock = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => clock);
  let tried = 0;
  fc.assert(
    fc.property(fc.nat(), () => {
      tried++;
      clock += 9_000;
    }),
    { numRuns: 40 },
  );
  expect(tried).toBe(40);
});

afterEach(() => jest.restoreAllMocks());
