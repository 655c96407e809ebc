/** Deploy verbs where nothing may be asked of a cloud: what is refused, and in which words. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { waveOptions } from '../../lib/cli/verbs/deploy-target';
import { deployProgress } from '../../lib/cli/words/deploy-progress';
import { DeployError } from '../../lib/deploy/deploy-error';
import { cloudRegionId } from '../../lib/facts/region';
import { exampleEstate } from '../e2e/example';
import { exampleCopy, meissa, removeCopies } from './run';

afterAll(removeCopies);

const root = exampleCopy();
const refused = async (...args: string[]) => {
  const { code, stdout, stderr } = await meissa(...args, '--root', root, '--json');
  return { code, error: JSON.parse(stdout).error as { code: string; message: string; fix: string }, stderr };
};

describe('refused before any cloud is asked', () => {
  test.each(['deploy', 'destroy'])('meissa %s without --yes where nobody can answer', async (verb) => {
    const { code, error } = await refused(verb, 'sa-east-1');
    expect(code).toBe(1);
    expect(error).toMatchObject({ code: 'NOT_CONFIRMED', fix: `meissa ${verb} sa-east-1 --yes` });
  });

  test.each([
    [['destroy', 'sa-east-2', '--yes'], 'REGION_UNKNOWN'],
    [['destroy', 'sa-east-1', '--links', 'sa-east-1--us-east-2', '--yes'], 'LINK_UNKNOWN'],
  ])('meissa %j tells no other name: the nearest one would be taken down instead', async (args, known) => {
    const { code, error, stderr } = await refused(...args);
    expect([code, error.code]).toEqual([1, known]);
    expect(error.fix).toContain('meissa destroy --undescribed');
    const others = exampleEstate().regions.map(({ name }) => name);
    for (const name of others.filter((one) => !args.join(' ').includes(one))) expect(stderr).not.toContain(name);
  });

  test.each([
    [['destroy', '--undescribed', 'nowhere-1', '--yes'], 'REGION_UNKNOWN'],
    [['destroy', '--undescribed', '--links', 'all', '--yes'], 'UNDESCRIBED_LINKS'],
    [['destroy', '--undescribed'], 'NOT_CONFIRMED'],
    [['deploy', 'nowhere.json'], 'NO_PLAN'],
    [['deploy', 'sa-east-1', 'plan.json'], 'PLAN_ALONE'],
    [['deploy', 'plan.json', '--links', 'all'], 'PLAN_ALONE'],
    [['diff', 'sa-east-1', '--base', 'HEAD', '--save', 'plan.json'], 'SAVE_IS_LIVE'],
    [['diff', 'sa-east-1', '--templates', '.', '--save', 'plan.json'], 'SAVE_IS_LIVE'],
    [['diff', 'sa-east-1', '--save', 'plan'], 'SAVE_NAME'],
    [['diff', 'sa-east-1', '--save', 'regions/plan.json'], 'OUT_PATH'],
  ])('meissa %j', async (args, known) => {
    const { code, error, stderr } = await refused(...args.map((arg) => (arg.startsWith('regions/') ? join(root, arg) : arg)));
    expect([code, error.code]).toEqual([1, known]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each(['deploy', 'status', 'drift'])('meissa %s of an unknown region, with the nearest name', async (verb) => {
    const { code, error } = await refused(verb, 'sa-east-2', ...(verb === 'deploy' ? ['--yes'] : []));
    expect(code).toBe(1);
    expect(`${error.message} ${error.fix}`).toContain('sa-east-1');
  });

  test('an unknown link', async () => {
    const { error } = await refused('deploy', 'sa-east-1', '--links', 'sa-east-1--us-east-2', '--yes');
    expect(error.message).toContain('sa-east-1--us-east-2');
    expect(error.fix).toContain('sa-east-1--us-east-1');
  });

  test('no region at all', async () => {
    expect((await refused('deploy', '--yes')).error.code).toBe('NO_REGION');
  });

  test.each([
    ['--concurrency', '0'],
    ['--regions-at-once', 'all'],
    ['--failure-tolerance', '-1'],
  ])('%s %s is no number that it takes', async (option, value) => {
    const { error } = await refused('deploy', 'sa-east-1', '--yes', option, value);
    expect(error).toMatchObject({ code: 'BAD_NUMBER', message: expect.stringContaining(`${option} ${value}`) });
  });

  test.each([
    ['sa-east-1/network/NatAG1', 'REPLACE_IS_ALIYUN', 'members: meissa replace <host>'],
    ['sa-east-1/netwrk/NatAG1', 'STACK_UNKNOWN', 'sa-east-1/network'],
  ])('--replace %s', async (name, code, fix) => {
    const { error } = await refused('deploy', 'sa-east-1', '--yes', '--replace', name);
    expect(error).toMatchObject({ code, fix: expect.stringContaining(fix) });
  });

  test('an image that will soon be unpublished is not deployed to a real account', async () => {
    const old = exampleCopy();
    const file = join(old, 'regions/estate.yaml');
    const document = parseDocument(readFileSync(file, 'utf8'));
    document.deleteIn(['images', 'accept']);
    writeFileSync(file, String(document));
    const { code, stdout } = await meissa('deploy', 'eu-west-1', '--yes', '--json', '--root', old);
    expect({ code, error: JSON.parse(stdout).error.code }).toEqual({ code: 1, error: 'IMAGE_OLD' });
  });
});

test('four stacks at once, one region after the other, and no failure, unless something else is asked for', () => {
  expect(waveOptions({})).toEqual({ concurrency: 4, regionsAtOnce: 1, failureTolerance: 0 });
  expect(waveOptions({ concurrency: '9', regionsAtOnce: '3', failureTolerance: '2' })).toEqual({
    concurrency: 9,
    regionsAtOnce: 3,
    failureTolerance: 2,
  });
});

describe('progress', () => {
  const place = { provider: 'aws', path: 'r/network', name: 'r-network', region: 'r', cloudRegion: cloudRegionId('r') } as const;
  const event = (status: string, type = 'AWS::EC2::VPC', reason?: string) => ({
    at: '2026-11-21T00:00:00Z',
    logicalId: 'Vpc',
    type,
    status,
    ...(reason === undefined ? {} : { reason }),
  });
  let said: string[];
  const output = {
    say: (line = '') => void said.push(line),
    data: () => {},
    json: () => {},
    style: (_: string, text: string) => text,
  };
  beforeEach(() => {
    said = [];
  });

  test('without a terminal: plain lines, and of what goes on only gates', () => {
    const progress = deployProgress(output, { isTTY: false, write: () => {} });
    progress.started(place);
    progress.progress(place, event('CREATE_IN_PROGRESS'));
    progress.progress(place, event('CREATE_COMPLETE'));
    progress.progress(place, event('CREATE_IN_PROGRESS', 'AWS::CloudFormation::WaitCondition'));
    progress.progress(place, event('CREATE_FAILED', 'AWS::EC2::VPC', 'too many'));
    progress.finished(place, { outcome: 'failed', warnings: [], error: new DeployError('STACK_FAILED', 'too many', 'fewer') });
    progress.end();
    expect(said).toEqual([
      '> r/network',
      '  r/network  Vpc CREATE_COMPLETE',
      '  r/network  Vpc CREATE_IN_PROGRESS',
      '  r/network  Vpc CREATE_FAILED too many',
      'x r/network failed',
      '    STACK_FAILED: too many',
      '    write: fewer',
    ]);
  });

  test('on a terminal: one line a running stack, drawn anew and never wider than it; failures stay', () => {
    const written: string[] = [];
    const progress = deployProgress(output, { isTTY: true, columns: 40, write: (text) => written.push(text) });
    progress.started(place);
    progress.progress(place, event('CREATE_FAILED', 'AWS::EC2::VPC', 'a reason that is far too long for one line of it'));
    progress.progress(place, event('DELETE_COMPLETE'));
    progress.finished(place, { outcome: 'created', warnings: ['look'] });
    progress.end();
    expect(said).toEqual([
      '  r/network  Vpc CREATE_FAILED a reason that is far too long for one line of it',
      '+ r/network created',
      '    ! look',
    ]);
    const lines = written.filter((text) => text.startsWith('> r/network'));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.trimEnd().length).toBeLessThan(40);
    // As often taken away as drawn.
    expect(written.filter((text) => text === '\u001b[1A\u001b[J')).toHaveLength(lines.length);
  });
});
