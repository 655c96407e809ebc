import { acceptedOf, refuseLosses } from '../../lib/cli/verbs/deploy-losses';
import { FindingsError } from '../../lib/estate/findings/finding';
import type { Loss } from '../../lib/rehearsal/model';

const loss = (code: string, path: string, severity: Loss['severity'] = 'error'): Loss => ({
  code,
  severity,
  name: `${code}:${path}`,
  stack: path,
  from: 0,
  to: 1,
  hosts: [],
  what: `what of ${code}`,
  why: 'why',
  fix: 'fix',
});
const QUORUM = loss('QUORUM_LOST', 'sa-east-1/core-voters');
const DISK = loss('DISK_FREED', 'sa-east-1/core-storage-1');
const RISK = loss('QUORUM_AT_RISK', 'sa-east-1/core-voters', 'warning');

function refusal(losses: readonly Loss[], accepted: readonly string[] = []) {
  try {
    refuseLosses({ losses }, accepted);
  } catch (error) {
    return error as FindingsError & { code?: string; fix: string };
  }
  return undefined;
}

test('a deploy that loses nothing, or only risks something, is not refused', () => {
  expect(refusal([])).toBeUndefined();
  expect(refusal([RISK])).toBeUndefined();
});

test('all errors are told at once, each with its reason and its way out, and how all are accepted', () => {
  const refused = refusal([QUORUM, DISK, RISK])!;
  expect(refused).toBeInstanceOf(FindingsError);
  expect(refused.findings.map(({ code, file }) => `${code} ${file}`)).toEqual([
    'DEPLOY_LOSES deploy',
    'QUORUM_LOST sa-east-1/core-voters',
    'DISK_FREED sa-east-1/core-storage-1',
  ]);
  expect(refused.findings[0]!.fix).toContain(`--accept ${QUORUM.name} --accept ${DISK.name}`);
});

test('what is accepted by name is not refused; the rest is', () => {
  expect(refusal([QUORUM, DISK], [QUORUM.name, DISK.name])).toBeUndefined();
  expect(refusal([QUORUM, DISK], [DISK.name])!.findings.map(({ code }) => code)).toEqual(['DEPLOY_LOSES', 'QUORUM_LOST']);
});

test('to follow the advice to the letter is accepted', () => {
  const advice = refusal([QUORUM, DISK])!.findings[0]!.fix;
  const accepted = [...advice.matchAll(/--accept (\S+)/g)].map((found) => found[1]!);
  expect(refusal([QUORUM, DISK], accepted)).toBeUndefined();
});

test('what accepts nothing is refused, with the name that was meant', () => {
  const refused = refusal([QUORUM], ['QUORUM_LOST:sa-east-1/core-voter'])!;
  expect(refused.code).toBe('ACCEPTS_NOTHING');
  expect(refused.fix).toBe(`accept what it loses: --accept ${QUORUM.name}`);
  expect(refusal([], ['DISK_FREED:a/b'])!.fix).toBe('leave --accept out: nothing has to be accepted');
});

test('the option may be given never, once or more often', () => {
  expect([acceptedOf(undefined), acceptedOf('a'), acceptedOf(['a', 'b'])]).toEqual([[], ['a'], ['a', 'b']]);
});
