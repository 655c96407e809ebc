/** How the routers and hosts of data centres are, by their own word over ssh: no engine keeps them. */
import { each } from '../../deploy/each';
import { sshReports } from '../../deploy/host-reports/ssh-reports';
import { lookAt } from '../../deploy/push/push';
import { sshShell } from '../../deploy/push/ssh';
import type { Output } from '../words/output';
import type { DeployTarget } from './deploy-target';
import { idcTargets } from './idc-targets';

export interface IdcHostStatus {
  readonly place: string;
  readonly name: string;
  readonly kind: 'router' | 'host';
  readonly address: string;
  /** `as described`, `changes`: files of it differ; `unreachable`. */
  readonly files: 'as described' | 'changes' | 'unreachable';
  /** What ssh, or the host, said. */
  readonly why?: string;
  /** By its own word. @default - it is a router, or doesn't say it */
  readonly well?: boolean;
  /** Digest of the configuration that it booted with. */
  readonly applied?: string;
}

const AT_ONCE = 10;

export async function idcStatus({ estate, plan, idcs = [] }: DeployTarget): Promise<IdcHostStatus[]> {
  const shell = sshShell();
  const targets = idcs.flatMap((place) => idcTargets(estate, plan, place).map((target) => ({ place, target })));
  const reports = new Map(
    (await sshReports(targets.flatMap(({ target }) => (target.kind === 'host' ? [target] : [])))).map((r) => [r.host, r]),
  );
  return each(targets, AT_ONCE, async ({ place, target }): Promise<IdcHostStatus> => {
    const { name, kind, address } = target;
    const values = reports.get(name)?.values;
    const own = {
      ...(values === undefined ? {} : { well: values.well === 'yes' }),
      ...(/^[0-9a-f]{64}$/.test(values?.applied ?? '') ? { applied: values!.applied! } : {}),
      ...(values?.why === undefined ? {} : { why: values.why }),
    };
    try {
      const differs = (await lookAt(target, shell)) !== undefined;
      return { place, name, kind, address, files: differs ? 'changes' : 'as described', ...own };
    } catch (error) {
      return { place, name, kind, address, files: 'unreachable', ...own, why: (error as Error).message };
    }
  });
}

export function sayIdcStatus(output: Output, hosts: readonly IdcHostStatus[]): void {
  for (const { place, name, kind, address, files, why, well, applied } of hosts) {
    const words = {
      'as described': output.style('green', 'as described'),
      changes: `${output.style('yellow', 'other than described')}: meissa push ${place} ${name} --dry-run`,
      unreachable: output.style('red', 'unreachable'),
    }[files];
    const runs = applied === undefined ? [] : [`runs with ${applied.slice(0, 12)}`];
    const health = well === undefined ? [] : [well ? output.style('green', 'well') : output.style('red', 'not well')];
    output.print([`${place}  ${name}`, kind, address, words, ...runs, ...health, ...(why === undefined ? [] : [why])].join('  '));
  }
}
