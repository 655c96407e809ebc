import { mutated, rehearsed, type Side, sideOfFiles } from '../rehearsed';
import { each, goingBack, LOCK, proposed, REGION, STORAGE, small, withoutPolicies } from '../small';

let stands: Side;
beforeAll(() => {
  stands = sideOfFiles(small());
});
const HOSTS = [1, 2, 3, 4].map((n) => `${REGION}-core-storage-${n}`);

describe('addresses of a members fleet moved', () => {
  const moved = () =>
    proposed((core) => {
      core.fleets.storage.addresses.first = 160;
    });

  test('the stack policy refuses it, and the deploy fails in the words of the engine', async () => {
    const { codes, loss } = await rehearsed(stands, moved());
    expect(codes).toEqual(['error DEPLOY_FAILS']);
    expect(loss('DEPLOY_FAILS').why).toContain('Action denied by stack policy');
    expect(loss('DEPLOY_FAILS')).toMatchObject({ name: `DEPLOY_FAILS:${STORAGE}`, stack: STORAGE, resource: 'M1Interface' });
  });

  test('without a policy nothing is replaced where rollback is off', async () => {
    const { codes, loss } = await rehearsed(withoutPolicies(stands), withoutPolicies(moved()));
    expect(codes).toContain('error DEPLOY_FAILS');
    expect(loss('DEPLOY_FAILS').why).toContain('Replacement type updates not supported on stack with disable-rollback');
  });

  test('nor elsewhere: the volumes are in use, and what stood stands again', async () => {
    const { codes, loss } = await rehearsed(goingBack(withoutPolicies(stands)), goingBack(withoutPolicies(moved())));
    expect(codes).toContain('error DEPLOY_FAILS');
    expect(loss('DEPLOY_FAILS').why).toContain('already attached');
  });

  test('where nothing stands in its way every member is replaced through its interface, and has another address', async () => {
    const loose = (side: Side) =>
      mutated(goingBack(withoutPolicies(side)), STORAGE, (template) =>
        each(template, 'AWS::EC2::Instance', ({ Properties }) => {
          delete Properties.Volumes;
        }),
      );
    const { loss } = await rehearsed(loose(stands), loose(moved()));
    expect(loss('MEMBER_REPLACED')).toMatchObject({ severity: 'error', name: `MEMBER_REPLACED:${STORAGE}`, hosts: HOSTS });
    expect(loss('MEMBER_REPLACED').why).toContain('NetworkInterfaces by the replacement of M1Interface');
    expect(loss('ADDRESS_MOVES').what).toContain(`${HOSTS[0]} 10.9.`);
    expect(loss('ADDRESS_MOVES').hosts).toEqual(HOSTS);
  });
});

test('a generation of the region raised: exports are in use, the deploy fails and says which', async () => {
  const { loss } = await rehearsed(
    stands,
    proposed((_, w) => {
      w.places[REGION].generation = 2;
    }),
  );
  expect(loss('DEPLOY_FAILS')).toMatchObject({ stack: `${REGION}/network` });
  expect(loss('DEPLOY_FAILS').why).toMatch(/Export .* cannot be deleted as it is in use by/);
  expect(loss('DEPLOY_FAILS').what).toContain('what stood before stands again; 3 stacks after it are not touched');
});

test('a volume that nothing keeps and that is no longer described is freed; the member is without its data', async () => {
  const loose = (side: Side) =>
    mutated(withoutPolicies(side), STORAGE, (template) =>
      each(template, 'AWS::EC2::Volume', (volume) => {
        delete volume.DeletionPolicy;
        delete volume.UpdateReplacePolicy;
      }),
    );
  const bare = (side: Side) =>
    mutated(loose(side), STORAGE, (template) => {
      each(template, 'AWS::EC2::Instance', ({ Properties }) => {
        delete Properties.Volumes;
        Properties.Tags = Properties.Tags.filter(({ Key }: { Key: string }) => !Key.startsWith('meissa:volume'));
      });
      each(template, 'AWS::EC2::Volume', (_, id) => delete template.Resources[id]);
    });
  const { codes, loss } = await rehearsed(loose(stands), bare(stands));
  expect(codes).toEqual(expect.arrayContaining(['error DISK_FREED', 'error DATA_EMPTIED']));
  expect(loss('DISK_FREED')).toMatchObject({ name: `DISK_FREED:${STORAGE}`, hosts: HOSTS });
  expect(loss('DISK_FREED').what).toContain('4 volumes deleted with what they hold: M');
  expect(loss('DATA_EMPTIED').hosts).toEqual(HOSTS);
});

test('a volume that is kept is not freed, and the member is without it all the same', async () => {
  const bare = mutated(withoutPolicies(stands), STORAGE, (template) => {
    each(template, 'AWS::EC2::Instance', ({ Properties }) => {
      delete Properties.Volumes;
      Properties.Tags = Properties.Tags.filter(({ Key }: { Key: string }) => !Key.startsWith('meissa:volume'));
    });
    each(template, 'AWS::EC2::Volume', (_, id) => delete template.Resources[id]);
  });
  const { codes, loss } = await rehearsed(withoutPolicies(stands), bare);
  expect(codes).not.toContain('error DISK_FREED');
  expect(loss('DATA_EMPTIED').what).toContain('the old one stays, detached');
});

test('a member that is no longer there is told with its root disk; one that the lock leaves out is a warning', async () => {
  const without = mutated(withoutPolicies(stands), STORAGE, ({ Resources }) => {
    for (const id of Object.keys(Resources)) if (/^M4(Instance|Gate|Recover|HostUnwell)/.test(id)) delete Resources[id];
    delete Resources.HostsFailing;
  });
  const gone = await rehearsed(withoutPolicies(stands), without);
  expect(gone.loss('MEMBER_GOES')).toMatchObject({ severity: 'error', hosts: [HOSTS[3]], stack: STORAGE });
  const regions = without.plan.regions.map((region) => ({
    ...region,
    fleets: region.fleets.map((fleet) =>
      fleet.kind !== 'members' ? fleet : { ...fleet, members: fleet.members.map((m) => ({ ...m, absent: m.name === HOSTS[3] })) },
    ),
  }));
  const left = await rehearsed(withoutPolicies(stands), { ...without, plan: { ...without.plan, regions } });
  expect(left.loss('MEMBER_GOES').severity).toBe('warning');
});

test('a block moved: the gateway is attached already, the deploy fails and what stood stands again', async () => {
  const { codes, loss } = await rehearsed(
    stands,
    proposed((_, w) => {
      w.places[REGION].block = '10.10.0.0/16';
    }),
  );
  expect(codes).toEqual(['error DEPLOY_FAILS']);
  expect(loss('DEPLOY_FAILS')).toMatchObject({ stack: `${REGION}/network`, resource: 'InternetGatewayAttachmentG1' });
  expect(loss('DEPLOY_FAILS').fix).toContain('(replace: VpcId)');
});

test('public addresses that nobody uses any more are released for good', async () => {
  const { codes, loss } = await rehearsed(
    stands,
    proposed((_, w) => {
      w.places[REGION].network.nat = 'single';
    }),
  );
  expect(codes).toEqual(['error ADDRESS_MOVES']);
  expect(loss('ADDRESS_MOVES')).toMatchObject({ stack: `${REGION}/network` });
  expect(loss('ADDRESS_MOVES').what).toBe('2 public addresses released for good');
});

test('the two deploys of `meissa replace`: the first warns that the member goes, the second loses nothing', async () => {
  const files = small();
  const lock = (from: RegExp, to: (all: string, start: string) => string) => {
    expect(files[LOCK]).toMatch(from);
    return sideOfFiles({ ...files, [LOCK]: files[LOCK]!.replace(from, to) });
  };
  const left = lock(/(core\/storage\/3: \{)/, (_, start) => `${start} absent: true,`);
  const anew = lock(/(core\/storage\/3: \{[^}]*generation: )1/, (_, start) => `${start}2`);
  const first = await rehearsed(stands, left);
  expect(first.codes).toEqual(['warning MEMBER_GOES']);
  expect(first.loss('MEMBER_GOES').hosts).toEqual([HOSTS[2]]);
  expect((await rehearsed(left, anew)).codes).toEqual([]);
});
