import { join } from 'node:path';
import { loadEstate } from '../../../lib/estate/read/load';
import { ROOT } from '../../root';
import { mutated, rehearsed, type Side, sideOf } from '../rehearsed';
import { each } from '../small';

let stands: Side;
beforeAll(() => {
  const { estate, findings } = loadEstate(join(ROOT, 'test/estates/aliyun'), { today: '2026-11-21' });
  if (estate === undefined) throw new Error(JSON.stringify(findings));
  stands = sideOf(estate);
});

const VOTERS = 'cn-beijing/core-voters';
const WORKERS = 'cn-beijing/core-worker-1';
const INSTANCE = 'ALIYUN::ECS::Instance';

test('a configuration rolls over voters one at a time, and nothing is lost', async () => {
  const other: Side = {
    ...stands,
    // Of elastic fleets the template has the digest, and is another one, too.
    stacks: stands.stacks.map((stack) => ({
      ...stack,
      ...(stack.ros?.elastic === undefined && {
        configurations: new Map([...(stack.configurations ?? [])].map(([fleet, text]) => [fleet, `${text}\n# other\n`])),
      }),
    })),
  };
  const { rehearsal, codes } = await rehearsed(stands, other);
  expect(rehearsal.hosts.filter(({ name, up }) => !up && name.startsWith('cn-beijing-core-voters'))).toHaveLength(3);
  expect(codes).toEqual([]);
});

test('another image exchanges the system disks; without the order of the template all voters stop for it together', async () => {
  const imaged = mutated(stands, VOTERS, (template) =>
    each(template, INSTANCE, (instance) => {
      instance.Properties.ImageId = instance.Properties.ImageId.replace(/.$/, 'x');
      delete instance.DependsOn;
    }),
  );
  const { loss, codes } = await rehearsed(stands, imaged);
  expect(codes).toEqual(expect.arrayContaining(['error QUORUM_LOST', 'error MEMBER_REPLACED']));
  expect(loss('QUORUM_LOST')).toMatchObject({ name: `QUORUM_LOST:${VOTERS}`, stack: VOTERS });
  expect(loss('MEMBER_REPLACED').why).toContain('ImageId');
  expect(loss('MEMBER_REPLACED').hosts).toHaveLength(3);
});

test('a disk that nothing keeps is freed with what it holds', async () => {
  const loose = (side: Side) =>
    mutated(side, WORKERS, (template) => each(template, 'ALIYUN::ECS::Disk', (disk) => delete disk.DeletionPolicy));
  const bare = mutated(loose(stands), WORKERS, (template) => {
    each(template, 'ALIYUN::ECS::DiskAttachment', (_, id) => delete template.Resources[id]);
    each(template, 'ALIYUN::ECS::Disk', (_, id) => delete template.Resources[id]);
    for (const resource of Object.values<{ DependsOn?: string[] }>(template.Resources))
      if (Array.isArray(resource.DependsOn)) resource.DependsOn = resource.DependsOn.filter((id) => id in template.Resources);
    each(template, INSTANCE, ({ Properties }) => {
      Properties.Tags = Properties.Tags.filter(({ Value }: { Value: unknown }) => typeof Value === 'string');
    });
  });
  const { loss } = await rehearsed(loose(stands), bare);
  expect(loss('DISK_FREED')).toMatchObject({ severity: 'error', stack: WORKERS });
  expect(loss('DATA_EMPTIED').hosts).toHaveLength(4);
});

test('a route to one host is dropped: some of its fleet are cut off', async () => {
  const dropped = mutated(stands, WORKERS, (template) => {
    delete template.Resources.M4RouteG1;
    for (const resource of Object.values<{ DependsOn?: string[] }>(template.Resources))
      if (Array.isArray(resource.DependsOn)) resource.DependsOn = resource.DependsOn.filter((id) => id !== 'M4RouteG1');
  });
  const { loss } = await rehearsed(stands, dropped);
  expect(loss('CUT_OFF')).toMatchObject({ name: `CUT_OFF:${WORKERS}`, resource: 'M4RouteG1' });
  expect(loss('CUT_OFF').what).toContain('cn-beijing-core-worker-*:container (some of them)');
});
