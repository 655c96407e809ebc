import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cidr } from '../../lib/estate/addresses/cidr';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { AwsRegion } from '../../lib/estate/model/model';
import { readEstate } from '../../lib/estate/read/read';
import { planEstate } from '../../lib/plan/plan';
import { longest } from '../clouds/longest-names';
import { describeWithRealPart } from '../real-parts';
import { ROOT } from '../root';
import { ADSERVER, HOST_GW, plan, region, STORAGE, synth, userData, VOTERS } from './fixtures';

/** Zones are planned, so they are literals. */
const IGNORED = ['W3010'];

describeWithRealPart('cfn-lint', 'cfn-lint', (path) => {
  test('has nothing to say about host-gw routes, gzip, recovery, or China', () => {
    const alarms = { recover: true, topicArn: 'arn:aws:sns:sa-east-1:111111111111:ops' };
    const fleets = [
      { ...ADSERVER, alarms },
      { ...STORAGE, alarms },
      { ...VOTERS, alarms },
    ];
    const china: Partial<AwsRegion> = {
      name: 'cn-north-1',
      block: cidr('10.8.0.0/16'),
      aws: { account: '111111111111', partition: 'aws-cn', bootstrapQualifier: 'hnb659fds' },
      network: { zones: ['cn-north-1a', 'cn-north-1b', 'cn-north-1d'], nat: 'single', flowLogDays: 7 },
    };
    const zones = ['cn-north-1a', 'cn-north-1b', 'cn-north-1d'];
    const from = plan([
      region(fleets, HOST_GW),
      region(
        fleets.map((f) => ({ ...f, zones })),
        china,
      ),
    ]);
    const image = 'ami-0dbd802e72d0b653d';
    const regions = from.regions.map((r) => ({
      ...r,
      fleets: r.fleets.map((f) => (f.kind === 'elastic' ? { ...f, image } : f)),
    }));
    const { app, outdir } = synth({ ...from, regions }, { userDataOf: () => userData('#cloud-config\n'.repeat(2_000), true) });
    const files = app.synth().stacks.map((stack) => join(outdir, stack.templateFile));
    const lint = spawnSync(path, ['--ignore-checks', ...IGNORED, '--', ...files], { encoding: 'utf8' });
    expect(lint.stdout + lint.stderr).toBe('');
    expect(lint.status).toBe(0);
  }, 120_000);

  test('has nothing to say about the longest names that an estate may have', () => {
    const { estate } = readEstate(diskSource(join(ROOT, 'test/estates/hybrid')), { packaged: diskSource(ROOT) });
    const { app, outdir } = synth(planEstate(longest(estate!)), { userDataOf: () => userData('#cloud-config\n') });
    const named = app.synth().stacks.filter(({ stackName }) => /-base$|^links-/.test(stackName));
    const files = named.map((stack) => join(outdir, stack.templateFile));
    const lint = spawnSync(path, ['--ignore-checks', ...IGNORED, '--', ...files], { encoding: 'utf8' });
    expect(lint.stdout + lint.stderr).toBe('');
    expect(files.length).toBeGreaterThan(5);
  }, 120_000);
});
