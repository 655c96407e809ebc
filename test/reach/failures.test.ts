/** The network between routers cut, hosts that die, several things at once: the hybrid estate as it is emitted. */
import { withoutNames } from '../../lib/reach/cut';
import { UnknownEndpoint } from '../../lib/reach/endpoint';
import { stop } from './clouds';
import { type Emitted, emit } from './emitted';

let hybrid: Emitted;
beforeAll(() => {
  hybrid = emit('test/estates/hybrid');
});
const failed = (...names: string[]) => withoutNames(hybrid.read(), names);

describe('the network between the routers', () => {
  test('is called after its data centre, or core where only one has one', () => {
    expect(failed('beijing/core')).toMatchObject({ cores: new Set(['beijing']) });
    expect(failed('core')).toEqual(failed('beijing/core'));
  });

  test('without it racks of one router no longer reach those of the other, and the answer says what is down', () => {
    const answer = hybrid.ask('beijing-a01-1', 'beijing-a02-1', 'core');
    expect(answer.yes).toBe(false);
    expect(`${answer.reason} ${answer.forward.map((hop) => hop.words)}`).toContain('beijing/core');
    expect(hybrid.ask('beijing-a01-1', 'beijing-a01-2', 'core').yes).toBe(true);
  });

  test('a session over it is down by that name', () => {
    const { reason } = hybrid.ask('beijing-a01-1', 'us-east-1-core-worker-1', 'core', 'line');
    expect(reason).toContain('beijing/core is down');
  });

  test('nothing comes back that was lost without it', () => {
    for (const from of ['beijing-a01', 'beijing-a02']) {
      const cut = hybrid.ask(from, 'us-east-1/core/worker', 'core');
      if (!cut.yes) expect(hybrid.ask(from, 'us-east-1/core/worker', 'core', 'line', 'fallback').yes).toBe(false);
    }
  });

  test('a near name is told', () => {
    let known: readonly string[] = [];
    try {
      failed('beijing/cores');
    } catch (error) {
      known = (error as UnknownEndpoint).known;
    }
    expect(known).toEqual(expect.arrayContaining(['beijing/core', 'core', 'line', 'beijing-a01-1', 'us-east-1/core/worker']));
    expect(known).not.toContain('internet');
    expect(known).not.toContain('s3 of us-east-1');
  });
});

describe('a host that is dead', () => {
  test('eats what its range’s route carries, and the answer says by which route', () => {
    const answer = hybrid.ask('eu-west-1/core/worker', 'us-east-1-core-worker-1:container', 'us-east-1-core-worker-1');
    expect(answer).toMatchObject({ yes: false, code: 'HOST_DOWN' });
    expect(answer.reason).toBe(
      'us-east-1-core-worker-1: the host is down, and the route 172.16.48.0/24 stays and leads to it: what it carries is lost without a word',
    );
    expect(stop(answer)?.from).toEqual({ stack: 'us-east-1/core-worker-1', logicalId: 'M1RouteAttachment' });
  });

  test('of a rack the same: its router’s static route stays', () => {
    const answer = hybrid.ask('us-east-1-core-worker-1', 'beijing-a01-1:container', 'beijing-a01-1');
    expect(answer.reason).toContain('the host is down, and the route 172.20.0.0/24 stays and leads to it');
    expect(stop(answer)?.from).toEqual({
      stack: 'idc.out/beijing/routers/r1/frr.conf',
      logicalId: expect.stringMatching(/^line \d+$/),
    });
  });

  test('answers not, asks not, and its containers neither, not even it', () => {
    const one = 'us-east-1-core-worker-1';
    for (const [from, to] of [
      ['eu-west-1/core/worker', one],
      [one, 'eu-west-1/core/worker'],
      [`${one}:container`, 'eu-west-1/core/worker'],
      [one, `${one}:container`],
    ] as const)
      expect(hybrid.ask(from, to, one)).toMatchObject({ yes: false, code: 'HOST_DOWN' });
    expect(hybrid.ask('beijing-a01-1', 'us-east-1', 'beijing-a01-1').code).toBe('HOST_DOWN');
  });

  test('counts not where others of its fleet are left', () => {
    expect(hybrid.ask('beijing', 'us-east-1/core/worker', 'us-east-1-core-worker-1').yes).toBe(true);
    expect(hybrid.ask('beijing', 'us-east-1/core/worker:container', 'us-east-1/core/worker').code).toBe('HOST_DOWN');
  });

  test('may be named as whoever asks names it: by its fleet, its address', () => {
    const [one, ...others] = [...failed('us-east-1/core/worker').hosts];
    expect([one, others.length]).toEqual(['us-east-1-core-worker-1', 3]);
    expect(failed('10.1.8.64').hosts).toEqual(new Set(['us-east-1-core-worker-1']));
  });

  test.each(['us-east-1-core-worker-1:container', 'internet', '8.8.8.8', 's3 of us-east-1', 'metadata'])('%s is none', (name) => {
    expect(() => failed(name)).toThrow(UnknownEndpoint);
    expect(() => failed(name)).toThrow(`no link, zone, router, core or host is called "${name}"`);
  });
});

test('line and fallback down at once, and the core besides', () => {
  expect(hybrid.ask('beijing', 'us-east-1', 'line', 'fallback').yes).toBe(false);
  expect(hybrid.ask('beijing-a01', 'us-east-1', 'fallback', 'core').yes).toBe(true);
  expect(hybrid.ask('beijing-a02', 'us-east-1', 'fallback', 'core').yes).toBe(false);
});
