import fc from 'fast-check';
import { hostReports, parseReport } from '../../../lib/deploy/host-reports/host-reports';

test('a report is what its host says, but who wrote it is what its key says', () => {
  const text = '{"host":"us-east-1-core-voters-1","instance":"i-other","well":"no","why":"etcd fails"}';
  expect(parseReport(text, 'i-0a', 5)).toEqual({
    ...{ host: 'us-east-1-core-voters-1', instance: 'i-0a', age: 5 },
    values: { host: 'us-east-1-core-voters-1', instance: 'i-other', well: 'no', why: 'etcd fails' },
  });
});

test('what is no line of plain text comes to nobody’s terminal', () => {
  const said = { host: 'h', 'version.docker': '28.0.4', evil: '\u001b[2J', long: 'x'.repeat(201), number: 5, 'Upper Case': 'x' };
  expect(parseReport(JSON.stringify(said), 'i', 0)?.values).toEqual({ host: 'h', 'version.docker': '28.0.4' });
});

test('whatever a host writes, reading it ends with a report or with none', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.dictionary(fc.string(), fc.string()).map((each) => JSON.stringify(each)),
      ),
      (text) => {
        const report = parseReport(text, 'i', 0);
        for (const value of Object.values(report?.values ?? {})) expect(value).toMatch(/^[\x20-\x7e]{0,200}$/);
      },
    ),
  );
  expect(parseReport(`{"host":"h","x":"${'y'.repeat(70_000)}"}`, 'i', 0)).toBeUndefined();
});

test('one that goes while it is read is left out', async () => {
  const store = { list: async () => [{ key: 'meissa/reports/CoreVoters/i-0a', age: 1 }], get: async () => undefined };
  expect(await hostReports(store, ['CoreVoters'])).toEqual([]);
});
