/** `meissa deploy`, `status`, `drift` and `destroy` of linked AWS regions on the embedded cloud. */
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { ROOT } from '../root';
import { meissaOn } from './deployed-estate';
import { removeTemporaryFolders } from './example';
import { LinkedEstate } from './linked-estate';
import { succeeded } from './rehearsed-region';

jest.setTimeout(120_000);

afterAll(removeTemporaryFolders);

const REGIONS = ['sa-east-1', 'us-east-1'];
const LINK = 'sa-east-1--us-east-1';

describe('two regions of the example, linked by a peering', () => {
  let estate: LinkedEstate;
  let cloud: EmbeddedCloud;
  beforeAll(async () => {
    estate = new LinkedEstate(ROOT, REGIONS);
    cloud = await startEmbeddedCloud();
  });
  afterAll(() => cloud.close());

  const meissa = (...args: string[]) => meissaOn(cloud, estate.root, ...args);
  const json = async (...args: string[]) => {
    const ran = await meissa(...args, '--json');
    return { ...ran, document: JSON.parse(ran.stdout) };
  };
  const outcomes = (document: { stacks: { path: string; outcome: string }[] }) =>
    Object.fromEntries(document.stacks.map((s) => [s.path, s.outcome]));

  test('where the bootstrap is missing nothing stands afterwards, and the command that makes it is said', async () => {
    const { code, document } = await json('deploy', 'sa-east-1', '--yes');
    expect(code).toBe(1);
    expect(document.outcome).toBe('failed');
    const failed = document.stacks.find((s: { outcome: string }) => s.outcome === 'failed');
    expect(failed.error).toMatchObject({ code: 'NOT_BOOTSTRAPPED', fix: 'npx cdk bootstrap aws://111111111111/sa-east-1' });
    expect(cloud.inventory('sa-east-1').stacks).toEqual([]);
    succeeded(await estate.cdk(cloud, 'bootstrap', '--app', estate.synth(), ...REGIONS.map((r) => `aws://111111111111/${r}`)));
  });

  test('a region alone touches no other region, and says which link it left', async () => {
    const { code, document, stderr } = await json('deploy', 'sa-east-1', '--yes');
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    expect(outcomes(document)).toEqual({ 'sa-east-1/base': 'created', 'sa-east-1/network': 'created' });
    expect(stderr).toContain(`link ${LINK} is not touched (us-east-1 not named); it is with --links ${LINK}`);
    expect(cloud.inventory('us-east-1').stacks.map((s) => s.name)).toEqual(['CDKToolkit']);
  });

  test('the base stack has its policy and its protection', () => {
    const base = cloud.engine.stack(cloud.region('sa-east-1'), 'sa-east-1-base');
    expect(base.terminationProtection).toBe(true);
    expect(base.policy).toContain('AWS::S3::Bucket');
  });

  test('a link whose other end does not stand names what to deploy first', async () => {
    const { code, document } = await json('deploy', 'sa-east-1', '--links', LINK, '--yes');
    expect(code).toBe(1);
    expect(document.error).toMatchObject({ code: 'NEEDED_FIRST', fix: expect.stringContaining('meissa deploy us-east-1') });
  });

  test('both regions: what stands is left alone, the link comes after both', async () => {
    const { code, document, stderr } = await json('deploy', ...REGIONS, '--yes');
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    expect(outcomes(document)).toEqual({
      'sa-east-1/base': 'unchanged',
      'sa-east-1/network': 'unchanged',
      'us-east-1/base': 'created',
      'us-east-1/network': 'created',
      [`links/${LINK}/request`]: 'created',
      [`links/${LINK}/routes-a`]: 'created',
      [`links/${LINK}/routes-b`]: 'created',
    });
    expect(estate.links(cloud)[0]?.ends.flatMap((end) => end.routes.map((r) => r.state))).not.toContain('missing');
  });

  test('deployed again nothing changes: no change set is made', async () => {
    const before = JSON.stringify(REGIONS.map((r) => cloud.inventory(r)));
    const { code, document, stderr } = await json('deploy', ...REGIONS, '--yes');
    expect({ code, outcome: document.outcome }).toEqual({ code: 0, outcome: 'unchanged' });
    expect(stderr).toMatch(/^no changes$/m);
    expect(JSON.stringify(REGIONS.map((r) => cloud.inventory(r)))).toBe(before);
  });

  test('diff reads back what stands: no changes, then what a change means, with exit code 2', async () => {
    expect(await json('diff', ...REGIONS)).toMatchObject({ code: 0 });
    estate.edit('sa-east-1.yaml', ['network', 'flowLogDays'], 90);
    try {
      const { code, stdout } = await meissa('diff', ...REGIONS);
      expect(code).toBe(2);
      expect(stdout).toContain('sa-east-1/network');
      expect(stdout).toContain('90');
    } finally {
      estate.edit('sa-east-1.yaml', ['network', 'flowLogDays'], 30);
    }
  });

  test('status says how every stack stands, links of the region too', async () => {
    const { code, document } = await json('status', 'us-east-1');
    expect(code).toBe(0);
    expect(document.stacks.map((s: { path: string; status: string }) => `${s.path} ${s.status}`)).toEqual([
      'us-east-1/base CREATE_COMPLETE',
      'us-east-1/network CREATE_COMPLETE',
      `links/${LINK}/request CREATE_COMPLETE`,
      `links/${LINK}/routes-a CREATE_COMPLETE`,
      `links/${LINK}/routes-b CREATE_COMPLETE`,
    ]);
  });

  test('drift: none, then what was changed by hand, with exit code 2', async () => {
    expect(await json('drift', 'sa-east-1')).toMatchObject({ code: 0, document: { drift: false, looked: 5 } });
    const { flowLogs } = cloud.region('sa-east-1');
    const [[id, saved] = []] = Object.entries(flowLogs);
    delete flowLogs[id!];
    try {
      const { code, stdout } = await meissa('drift', 'sa-east-1');
      expect(code).toBe(2);
      expect(stdout.split('\n')).toEqual([
        'sa-east-1/network',
        `  flow log is gone (FlowLogG1, ${id}, AWS::EC2::FlowLog)`,
        '    means: nobody writes down which traffic passes',
        '    write: meissa repair sa-east-1',
        '',
      ]);
    } finally {
      flowLogs[id!] = saved!;
    }
  });

  test('taking a region down refuses while a link to another stands, and while it holds data', async () => {
    expect((await json('destroy', 'sa-east-1', '--yes')).document.error).toMatchObject({
      code: 'LINKS_STAND',
      fix: expect.stringContaining(`--links ${LINK}`),
    });
    const { code, document } = await json('destroy', ...REGIONS, '--yes');
    expect(code).toBe(1);
    expect(document.error).toMatchObject({ code: 'HOLDS_DATA', message: 'sa-east-1/base, us-east-1/base hold data' });
    expect(cloud.inventory('sa-east-1').stacks).toHaveLength(6 - 1);
  });

  test('a link alone is taken down at both ends', async () => {
    const { code, document, stderr } = await json('destroy', '--links', LINK, '--yes');
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    expect(document.stacks.map((s: { path: string }) => s.path)).toEqual([
      `links/${LINK}/routes-b`,
      `links/${LINK}/routes-a`,
      `links/${LINK}/request`,
    ]);
    for (const region of REGIONS) expect(cloud.inventory(region).peerings).toEqual([]);
  });

  test('including its data a region is gone, and what is kept is named', async () => {
    const { code, document, stderr } = await json('destroy', ...REGIONS, '--including-data', '--yes');
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    expect(document.outcome).toBe('done');
    expect(document.kept).toContainEqual(expect.objectContaining({ path: 'sa-east-1/base', type: 'AWS::S3::Bucket' }));
    for (const region of REGIONS) expect(cloud.inventory(region).stacks.map((s) => s.name)).toEqual(['CDKToolkit']);
    expect((await json('destroy', ...REGIONS, '--including-data', '--yes')).stderr).toContain('nothing stands');
  });
});
