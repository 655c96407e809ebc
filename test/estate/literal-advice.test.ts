/** Every finding of every rule, its advice followed to the letter: it is gone, and nothing new stands in its place. */
import type { Finding } from '../../lib/estate/findings/finding';
import type { Remedy } from '../../lib/estate/findings/remedy';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { rules } from '../../lib/estate/rules';
import { type Files, followed, Refused } from './advice/apply';
import { TOLD_IN_WORDS } from './advice/told-in-words';
import { ruleCases } from './cases/all';
import { filesOf, filesWithPins, fixtureProfiles, lines, type Written, written } from './written';

jest.mock('../../lib/deploy/image-copy', () => ({ copyImage: async () => 'ami-0123456789abcdef0' }));

const TODAY = '2026-11-21';
let tokens = 0;

/** The discovery service, and Flatcar's feed. */
async function answer(url: string | URL | Request): Promise<Response> {
  const { href, pathname } = new URL(String(url instanceof Request ? url.url : url));
  if (pathname === '/new') return new Response(`https://discovery.etcd.io/${(++tokens).toString(16).padStart(40, '0')}`);
  if (href.includes('flatcar') && pathname.endsWith('version.txt'))
    return new Response('FLATCAR_VERSION=4230.2.4\nFLATCAR_BUILD_ID="2026-11-01-2200"\n');
  if (href.includes('flatcar')) {
    const amis = ['us-east-1', 'sa-east-1', 'us-west-1', 'us-west-2'].map((name, i) => ({
      name,
      hvm: `ami-0000000000000000${i}`,
    }));
    return new Response(JSON.stringify({ amis }));
  }
  const size = JSON.stringify({ action: 'get', node: { key: `/_etcd/registry${pathname}/_config/size`, value: '3' } });
  return new Response(
    pathname.endsWith('/_config/size')
      ? size
      : JSON.stringify({ action: 'get', node: { key: `/_etcd/registry${pathname}`, dir: true } }),
  );
}

beforeAll(() => {
  jest.spyOn(globalThis, 'fetch').mockImplementation(answer);
});

function findingsOf(files: Files): readonly Finding[] {
  return readEstate(memorySource(files), { packaged: fixtureProfiles, today: TODAY }).findings.filter(
    ({ accepted }) => accepted === undefined,
  );
}

/** How many fleets name a profile changes with what they name. */
const what = ({ code, message }: Finding): string => `${code} ${message.replace(/ \(\d+ fleets name it\)/, '')}`;
const where = ({ code, file, path }: Finding): string => `${code} ${file} ${path}`;

/** What is told and was told neither there nor in these words. */
function fresh(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const [places, told] = [new Set(before.map(where)), new Set(before.map(what))];
  return after.filter((finding) => !places.has(where(finding)) && !told.has(what(finding)));
}

/** The finding itself, in whatever words; not another one that stood at its place before. */
function still(finding: Finding, before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const others = new Set(before.filter((one) => one !== finding).map(what));
  return after.filter((one) => where(one) === where(finding) && one.severity === finding.severity && !others.has(what(one)));
}

/** What was told of a file, as it would be told under its new name. */
function asMoved(before: readonly Finding[], file: string, remedy: Remedy): readonly Finding[] {
  const to = remedy.flatMap((step) => ('move' in step ? [step.move] : []))[0];
  if (to === undefined) return before;
  const name = (path: string): string => path.replace(/^regions\/|\.yaml$/g, '');
  const renamed = (text: string): string => text.replaceAll(name(file), name(to));
  return before.map((one) => ({ ...one, file: renamed(one.file), message: renamed(one.message) }));
}

const follows = new Map<string, number>();

for (const { code, refuses } of ruleCases) {
  describe(code, () => {
    for (const [sentence, change] of Object.entries(refuses)) {
      test(sentence, async () => {
        const w = written();
        change(w);
        const files = filesOf(w);
        const before = findingsOf(files);
        const told = before.filter((finding) => finding.code === code);
        expect(told.length).toBeGreaterThan(0);
        for (const finding of told) for (const remedy of finding.write ?? []) await follow(w, files, before, finding, remedy);
      });
    }
  });
}

async function follow(w: Written, files: Files, before: readonly Finding[], finding: Finding, remedy: Remedy): Promise<void> {
  try {
    const now = filesWithPins(await followed(files, finding.file, remedy), Object.keys(w.members));
    const after = findingsOf(now);
    const known = asMoved(before, finding.file, remedy);
    const result = { still: lines(still(finding, before, after)), fresh: lines(fresh(known, after)) };
    expect({ fix: finding.fix, remedy, ...result }).toEqual({ fix: finding.fix, remedy, still: [], fresh: [] });
    follows.set(finding.code, (follows.get(finding.code) ?? 0) + 1);
  } catch (error) {
    // A command waits for what else is wrong with the estate; another case of the code has nothing else.
    if (!(error instanceof Refused) || !before.some(({ code, severity }) => severity === 'error' && code !== finding.code))
      throw error;
  }
}

describe('told in words, and followed by hand', () => {
  for (const [code, { is, says, hand }] of Object.entries(TOLD_IN_WORDS))
    test(code, () => {
      const w = written();
      ruleCases.find((one) => one.code === code)!.refuses[is]!(w);
      const before = findingsOf(filesOf(w));
      const finding = before.find((one) => one.code === code)!;
      const said = says.exec(finding.fix);
      expect({ fix: finding.fix, said: said !== null }).toEqual({ fix: finding.fix, said: true });
      hand(w, said!);
      const after = findingsOf(filesWithPins(filesOf(w), Object.keys(w.members)));
      expect({ still: lines(still(finding, before, after)), fresh: lines(fresh(before, after)) }).toEqual({
        still: [],
        fresh: [],
      });
    });
});

test('every other code is told in words, for a reason', () => {
  const without = rules.map(({ code }) => code).filter((code) => !follows.has(code));
  expect(without.sort()).toEqual(Object.keys(TOLD_IN_WORDS).sort());
});
