import { type DeployInput, deployStacks, refuseMissing } from '../../lib/deploy/deploy';
import { destroyStacks, keptResources } from '../../lib/deploy/destroy';
import type { DeployStack, Engines } from '../../lib/deploy/engine';
import { FakeEngine, Heard, stack } from './fake-engine';

const OPTIONS = { concurrency: 2, regionsAtOnce: 1, failureTolerance: 0 };

describe('a deploy', () => {
  let aws: FakeEngine;
  let aliyun: FakeEngine;
  let engines: Engines;
  let heard: Heard;
  beforeEach(() => {
    [aws, aliyun, heard] = [new FakeEngine('aws'), new FakeEngine('aliyun'), new Heard()];
    engines = new Map([
      ['aws', aws],
      ['aliyun', aliyun],
    ]);
  });

  const run = (stacks: readonly DeployStack[], more: Partial<DeployInput> = {}) =>
    deployStacks({ stacks, engines, options: OPTIONS, replace: [], listener: heard, ...more });

  const outcomes = async (report: ReturnType<typeof run>) =>
    Object.fromEntries((await report).stacks.map(({ path, outcome }) => [path, outcome]));

  const needsVpn: DeployStack = stack('links/cn-beijing--us-east-1/line', ['us-east-1/transit'], {
    provider: 'aliyun',
    parameters: {
      Address: {
        provider: 'aws',
        path: 'us-east-1/transit',
        stack: 'us-east-1-transit',
        region: 'us-east-1',
        output: 'VpnAddress',
      },
    },
  });

  test('reads what one cloud needs of another right before, from the stack that was just made', async () => {
    aws.outputs.set('us-east-1/transit', { VpnAddress: '203.0.113.7' });
    expect(await outcomes(run([needsVpn, stack('us-east-1/transit')]))).toEqual({
      [needsVpn.path]: 'created',
      'us-east-1/transit': 'created',
    });
    expect(aliyun.applied).toEqual([{ path: needsVpn.path, input: { parameters: { Address: '203.0.113.7' }, replace: [] } }]);
  });

  test('a missing output names the stack that is to be deployed first', async () => {
    const [absent] = (await run([needsVpn])).stacks;
    expect(absent?.error).toMatchObject({
      code: 'OUTPUT_MISSING',
      fix: 'deploy us-east-1/transit first: meissa deploy us-east-1',
    });
    expect(absent?.error?.message).toContain('us-east-1/transit does not stand');
    aws.stand('us-east-1/transit');
    const [without] = (await run([needsVpn])).stacks;
    expect(without?.error?.message).toContain('us-east-1/transit stands without its output VpnAddress');
    expect(aliyun.applied).toEqual([]);
  });

  test('after a failure nothing new is started: what depends on it and what does not', async () => {
    aws.faults.set('a/network', new Error('no more addresses'));
    const stacks = [stack('a/base'), stack('a/network'), stack('a/fleet', ['a/network']), stack('b/base')];
    expect(await outcomes(run(stacks, { options: { ...OPTIONS, concurrency: 1 } }))).toEqual({
      'a/base': 'created',
      'a/network': 'failed',
      'a/fleet': 'skipped',
      'b/base': 'skipped',
    });
    expect(heard.lines).toContain('a/network failed');
  });

  describe('of what changes after another', () => {
    const brokers = stack('a/brokers');
    const frontEnds = stack('a/front-ends', [], { changesAfter: [brokers.path] });
    const began = async () => {
      await run([frontEnds, brokers]);
      return heard.lines;
    };

    test('makes both side by side, where neither stands', async () => {
      expect((await began()).slice(0, 2).sort()).toEqual(['> a/brokers', '> a/front-ends']);
    });

    test.each([
      ['both stand', [brokers, frontEnds]],
      ['it is new beside one that stands', [brokers]],
      ['it stands and the other is gone', [frontEnds]],
    ])('waits for the other, where %s', async (_, standing) => {
      for (const { path } of standing) aws.stand(path);
      const lines = await began();
      expect(lines.indexOf('> a/front-ends')).toBeGreaterThan(lines.findIndex((line) => /^a\/brokers (cre|upd)ated$/.test(line)));
    });

    test('asks engines of those two only', async () => {
      await run([stack('a/network'), brokers, frontEnds]);
      expect(aws.reads.sort()).toEqual(['a/brokers', 'a/front-ends']);
    });
  });

  test('where one region may fail the others go on', async () => {
    aws.faults.set('a/network', new Error('no more addresses'));
    const stacks = [stack('a/network'), stack('a/fleet', ['a/network']), stack('b/network'), stack('b/fleet', ['b/network'])];
    expect(await outcomes(run(stacks, { options: { ...OPTIONS, failureTolerance: 1 } }))).toEqual({
      'a/network': 'failed',
      'a/fleet': 'skipped',
      'b/network': 'created',
      'b/fleet': 'created',
    });
  });

  test('when it is interrupted what runs is waited for and nothing new is started', async () => {
    const abort = new AbortController();
    const apply = aws.apply.bind(aws);
    aws.apply = (s, input) => {
      abort.abort();
      return apply(s, input);
    };
    const report = await run([stack('a/base'), stack('a/network', ['a/base'])], { signal: abort.signal });
    expect(report.interrupted).toBe(true);
    expect(report.stacks.map((s) => s.outcome)).toEqual(['created', 'skipped']);
  });

  test('only the named resources of a stack may be replaced by its update', async () => {
    await run([stack('a/network'), stack('a/fleet')], { replace: ['a/network/NatA', 'b/network/NatB'] });
    expect(aws.applied.map(({ path, input }) => [path, input.replace])).toEqual([
      ['a/network', ['NatA']],
      ['a/fleet', []],
    ]);
  });

  test('what is needed and not deployed with it must stand', async () => {
    const link = stack('links/a--b/request', ['a/network', 'b/network']);
    const place = (path: string) => stack(path);
    aws.stand('a/network');
    await expect(refuseMissing([link], engines, place)).rejects.toMatchObject({
      code: 'NEEDED_FIRST',
      message: 'links/a--b/request needs b/network, which does not stand',
    });
    aws.stand('b/network');
    await expect(refuseMissing([link], engines, place)).resolves.toBeUndefined();
  });

  test('taken down in reverse, and what the engine keeps is named', async () => {
    const stacks = [stack('a/base'), stack('a/network', ['a/base']), stack('links/a--b/request', ['a/network'])];
    for (const { path } of stacks.slice(0, 2)) aws.stand(path);
    const report = await destroyStacks({ stacks, engines, options: OPTIONS, listener: heard });
    expect(aws.destroyed).toEqual(['links/a--b/request', 'a/network', 'a/base']);
    expect(report.stacks.map((s) => s.outcome)).toEqual(['absent', 'deleted', 'deleted']);
    expect(await keptResources([stack('a/base')], engines)).toEqual([
      { path: 'a/base', logicalId: 'Bucket', type: 'AWS::S3::Bucket', physicalId: 'bucket-1' },
    ]);
  });
});
