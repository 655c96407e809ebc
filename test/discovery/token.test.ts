/** What `meissa token` does for a cluster, and what it never does. */
import { issueClusterToken } from '../../lib/discovery';
import type { TokenEntry } from '../../lib/estate/model/locks';
import type { Estate } from '../../lib/estate/model/model';
import { estate, region, VOTERS } from '../plan/estate-fixture';
import { SERVICE, service, TOKEN, token } from './fake-service';

const answers = { [`${SERVICE}/new?size=3`]: TOKEN, ...token(TOKEN, 3) };

function withTokens(tokens: readonly TokenEntry[] = [], generation = 1, count = 3): Estate {
  const voters = { ...VOTERS, count };
  const core = { ...region([voters]).clusters[0]!, generation, etcd: { bootstrap: 'discovery' as const, voters: 'voters' } };
  const made = estate({ regions: [region([voters], { clusters: [core] })] });
  return { ...made, locks: { ...made.locks, tokens: { tokens } } };
}

const entry = (changes: Partial<TokenEntry> = {}): TokenEntry => ({
  region: 'sa-east-1',
  cluster: 'core',
  size: 3,
  generation: 1,
  state: 'issued',
  url: TOKEN,
  ...changes,
});

const issue = (of: Estate, fetch = service(answers)) =>
  issueClusterToken({ estate: of, region: 'sa-east-1', cluster: 'core', fetch });

test('a fresh token is entered for region, cluster, size and generation', async () => {
  const change = await issue(withTokens());
  expect(change).toMatchObject({ files: [{ path: 'regions/tokens.lock.yaml', text: expect.stringContaining(TOKEN) }] });
});

test('a cluster that has its token keeps it, and is told how many have registered', async () => {
  const fetch = service(token(TOKEN, 3, ['a=http://10.0.0.1:2380']));
  expect(await issue(withTokens([entry()]), fetch)).toMatchObject({
    files: [],
    words: [expect.stringContaining('nothing to do; 1 of 3 have registered')],
  });
});

test('nothing to do stays so when the service is away, and a formed cluster asks nobody', async () => {
  expect(await issue(withTokens([entry()]), service({}))).toMatchObject({
    files: [],
    words: [expect.any(String), expect.any(String)],
  });
  const fetch = service({});
  expect(await issue(withTokens([entry({ state: 'formed' })]), fetch)).toMatchObject({ files: [] });
  expect(fetch.asked).toEqual([]);
});

test('another size of the same generation is refused before anybody is asked', async () => {
  const fetch = service(answers);
  const change = await issue(withTokens([entry()], 1, 5), fetch);
  expect(change.refused).toMatchObject({ code: 'TOKEN_SPENT', fix: expect.stringContaining('generation: 2') });
  expect(fetch.asked).toEqual([]);
});

test('a rebuilt cluster gets a token of its own; the service giving the old one again is refused', async () => {
  const rebuilt = withTokens([entry({ state: 'formed' })], 2);
  expect((await issue(rebuilt)).refused).toMatchObject({ code: 'TOKEN_REUSED' });
  const other = TOKEN.replace('3e86', '4f97');
  const change = await issue(rebuilt, service({ [`${SERVICE}/new?size=3`]: other, ...token(other, 3) }));
  expect(change).toMatchObject({ files: [{ text: expect.stringMatching(new RegExp(`${TOKEN}[^]*${other}`)) }] });
});

test('a service that fails writes nothing', async () => {
  expect((await issue(withTokens(), service({}))).refused).toMatchObject({ code: 'DISCOVERY_FAILED' });
});
