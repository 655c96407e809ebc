/** Incidents of a cluster of real etcd, ended by the commands of their pages, on its voters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS } from '../../lib/collection/watching/metrics';
import { METRICS_PORTS } from '../../lib/collection/watching/targets';
import { runbookPage } from '../../lib/plan/runbook-page';
import { TYPESCRIPT } from '../child/run';
import { EtcdTestCluster } from '../e2e/etcd-cluster';
import type { EtcdHost } from '../e2e/etcd-host';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { ROOT } from '../root';

const pageOf = (name: string): string => readFileSync(join(ROOT, runbookPage(`incidents/${name}`)), 'utf8');
/** Blocks of a page in a language: `sh` is for whoever has the estate or a voter, `bash` for a host's root. */
const blocks = (page: string, language: 'sh' | 'bash'): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block!);

describeWithRealParts(['etcd-3.5', 'etcdctl-3.5'], lacksNamespaces(), 'incidents of etcd, ended by their pages', () => {
  let cluster: EtcdTestCluster;
  let voters: readonly [EtcdHost, EtcdHost, EtcdHost];
  beforeAll(async () => {
    cluster = new EtcdTestCluster();
    cluster.quotaBytes = 64 * 1024 * 1024;
    await cluster.form();
    voters = cluster.voters as unknown as typeof voters;
  }, 120_000);
  afterAll(() => cluster.end(), 30_000);

  test('a voter tells all that its alerts go by, at the port that Prometheus reads', async () => {
    const { out } = await voters[0].run('curl', '-fs', `http://${voters[0].address}:${METRICS_PORTS.etcd}/metrics`);
    for (const name of Object.values(METRICS.etcd)) expect(out).toMatch(new RegExp(`^${name}[{ ]`, 'm'));
    expect(out).toContain(`${METRICS.etcd.quota} 6.7108864e+07\n`);
  });

  test('NOSPACE', async () => {
    const put = () => voters[0].shell(`head -c 1000000 /dev/zero | tr '\\0' x | etcdctl put /test/grows`);
    let answer = await put();
    for (let i = 0; i < 100 && answer.code === 0; i++) answer = await put();
    expect(answer.err).toContain('mvcc: database space exceeded');
    expect((await voters[1].etcdctl('put', '/test/b', 'b')).err).toContain('database space exceeded');
    for (const block of blocks(pageOf('nospace'), 'sh')) {
      const ran = await voters[0].shell(`set -euo pipefail; ${block}`);
      expect({ block, code: ran.code, said: ran.code === 0 ? '' : ran.err }).toMatchObject({ code: 0, said: '' });
    }
    for (const voter of voters) {
      expect(await voter.etcdctl('alarm', 'list')).toMatchObject({ code: 0, out: '' });
      expect((await voter.etcdctl('put', '/test/b', 'b')).out).toBe('OK\n');
    }
    await cluster.allWell();
    const { out } = await voters[0].run('curl', '-fs', `http://${voters[0].address}:${METRICS_PORTS.etcd}/metrics`);
    const size = Number(new RegExp(`^${METRICS.etcd.size} (\\S+)$`, 'm').exec(out)![1]);
    expect(size).toBeLessThan(0.75 * cluster.quotaBytes!);
  }, 180_000);

  test('two disks gone', async () => {
    const [one, two, three] = voters;
    await one.etcdctl('put', '/test/kept', 'yes');
    // The very last writes may be lost, and the page says so: etcd writes down that something is agreed on with what comes after it.
    for (let i = 0; i < 5; i++) await one.etcdctl('put', '/test/later', String(i));
    await Promise.all(voters.map((voter) => voter.cut()));
    for (const voter of [one, two]) cluster.wipe(voter);
    await cluster.boot(three);
    expect(await one.startAndWait()).toMatchObject({ code: 1, err: expect.stringContaining('no quorum') });

    // On the survivor, line by line, what systemd and a person's second shell do there.
    const page = pageOf('two-disks-gone');
    let alone: ReturnType<EtcdHost['spawn']> | undefined;
    const does: Record<string, () => Promise<unknown>> = {
      'systemctl stop etcd': () => three.cut(),
      '/opt/meissa/bin/meissa-etcd start --force-new-cluster': async () => {
        alone = three.spawn([`${three.root}/opt/meissa/bin/meissa-etcd`, 'start', '--force-new-cluster']);
      },
      'etcdctl endpoint health': async () => {
        await eventually(async () => (await three.shell('etcdctl endpoint health')).code === 0, 'the survivor serves alone');
        process.kill(alone!.pid!, 'SIGTERM');
        await eventually(() => alone!.exitCode !== null || alone!.signalCode !== null, 'the survivor stops');
      },
      'systemctl start etcd': () => cluster.boot(three),
      'etcdctl member list': async () => {
        await eventually(() => three.serves(), 'the survivor serves by its unit');
        expect((await three.etcdctl('member', 'list')).out.trim().split('\n')).toHaveLength(1);
      },
    };
    const lines = blocks(page, 'bash')
      .at(-1)!
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, ''))
      .filter((line) => line !== '');
    expect(Object.keys(does)).toEqual(lines);
    for (const line of lines) await does[line]!();

    const [, replacing] = blocks(page, 'sh');
    const meissa = `meissa() { '${process.execPath}' ${TYPESCRIPT.join(' ')} ${join(ROOT, 'bin/meissa.ts')} "$@" --root ${ROOT} || [[ $? == 2 ]]; }`;
    for (const lost of [one, two]) {
      const script = replacing!.replaceAll('<host>', lost.name).replaceAll('<survivor>', `http://${three.address}:2379`);
      let over = false;
      const replaced = three.shell(`set -e; ${meissa}; ${script}`).finally(() => {
        over = true;
      });
      // As its unit does, which restarts always: it refuses until it is added.
      const tended = (async () => {
        let etcd = await lost.start();
        while (!over) {
          await new Promise((resolve) => setTimeout(resolve, 500));
          if (etcd.exitCode !== null || etcd.signalCode !== null) etcd = await lost.start();
        }
      })();
      const [ran] = await Promise.all([replaced, tended]);
      await lost.start('etcd-quorum-guard.service');
      expect({ code: ran.code, said: ran.code === 0 ? '' : ran.err }).toEqual({ code: 0, said: '' });
      expect(ran.err).toContain(`${lost.name} votes again`);
      await eventually(async () => (await lost.shell('etcdctl endpoint health')).code === 0, `${lost.name} is well`);
    }
    await cluster.allWell();
    for (const voter of voters)
      expect(await voter.etcdctl('get', '--print-value-only', '/test/kept')).toMatchObject({ code: 0, out: 'yes\n' });
  }, 400_000);
});
