/** While a zone is lost its hosts are down, whatever a deploy does: judged by deploys that differ in nothing but the zone. */
import { loseZone } from '../../../lib/estate/changes/lose-zone';
import { pinMembers } from '../../../lib/estate/changes/pin-members';
import { type Anything, estateOf, filesOfChange } from '../../estate/written';
import { rehearsed, type Side, sideOfFiles } from '../rehearsed';
import { REGION, small } from '../small';

const PLACE = `regions/${REGION}.yaml`;
const host = (fleet: string, n: number) => `${REGION}-core-${fleet}-${n}`;

const stands = small();
const lost = { ...stands, ...filesOfChange(loseZone(estateOf(stands), REGION, `${REGION}a`)) };
let before: Side;
beforeAll(() => {
  before = sideOfFiles(stands);
});

/** What is described otherwise, by the locks of a day on which the zone is lost. */
function described(change: (core: Anything) => void, pinned = false): Side {
  const text = small((w) => change(w.places[REGION].clusters.core))[PLACE]!;
  const files = { ...lost, [PLACE]: text };
  return sideOfFiles(pinned ? { ...files, ...filesOfChange(pinMembers(estateOf(files), REGION)) } : files);
}

test('that the zone is lost changes no template and loses nothing', async () => {
  const now = sideOfFiles(lost);
  expect(now.stacks.map(({ body }) => body)).toEqual(before.stacks.map(({ body }) => body));
  expect((await rehearsed(before, now)).codes).toEqual([]);
});

test('a deploy that would restart the two voters that are left is refused, and says why and what helps', async () => {
  const larger = described((core) => {
    core.fleets.voters.instanceType = 'm5.xlarge';
  });
  const { loss, codes } = await rehearsed(before, larger);
  expect(codes).toEqual(['error QUORUM_LOST', 'error HOST_IN_LOST_ZONE']);
  expect(loss('QUORUM_LOST')).toMatchObject({
    name: `QUORUM_LOST:${REGION}/core-voters`,
    hosts: [1, 2, 3].map((n) => host('voters', n)),
    fix: expect.stringContaining('leave sa-east-1/core/voters as it is until the zone is back'),
  });
  expect(loss('HOST_IN_LOST_ZONE')).toMatchObject({
    name: `HOST_IN_LOST_ZONE:${REGION}/core-voters`,
    hosts: [host('voters', 1)],
    what: `1 host of ${REGION}/core/voters would have to start in a zone that is lost: ${host('voters', 1)}`,
  });
});

test('hosts that hold no quorum: only those of the lost zone are waited for in vain', async () => {
  const { codes, loss } = await rehearsed(
    before,
    described((core) => (core.fleets.storage.instanceType = 'r5.2xlarge')),
  );
  expect(codes).toContain('error HOST_IN_LOST_ZONE');
  expect(loss('HOST_IN_LOST_ZONE').hosts).toEqual([host('storage', 1), host('storage', 4)]);
});

test('a voter in place of the lost one restarts nobody: only that the lost one goes has to be accepted', async () => {
  const moved = described((core) => Object.assign(core.fleets.voters, { count: 5, removed: [1, 4] }), true);
  const { codes, rehearsal, loss } = await rehearsed(before, moved);
  expect(codes).toEqual(['error MEMBER_GOES']);
  expect(loss('MEMBER_GOES').hosts).toEqual([host('voters', 1)]);
  const touched = rehearsal.hosts.filter(({ at }) => at > 0).map(({ name, up }) => `${name} ${up ? 'comes' : 'goes'}`);
  expect(touched).toEqual([`${host('voters', 5)} comes`, `${host('voters', 1)} goes`]);
  expect(rehearsal.stacks.filter(({ outcome }) => outcome !== 'unchanged').map(({ path }) => path)).toEqual([
    `${REGION}/core-voters`,
  ]);
});
