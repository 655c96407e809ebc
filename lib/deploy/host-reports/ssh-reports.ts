/** Reports of a data centre's hosts, which have no bucket of a role's own: over ssh, as whoever is on call would. */
import { execFile } from 'node:child_process';
import { each } from '../each';
import { type HostReport, parseReport } from './host-reports';

export interface SshHost {
  /** Name of the host. */
  readonly name: string;
  readonly address: string;
}

const AT_ONCE = 10;

/** Seconds until a host counts as silent. */
const PATIENCE = 10;

/** Keys are the ssh agent's, host keys those that are known: nothing is asked, nothing is written. */
const OPTIONS = ['-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes', '-o', `ConnectTimeout=${PATIENCE}`, '-l', 'core'];

const REPORT = '/run/meissa/report.json';

/** Those that answer; who doesn't is missing. Of an age of 0: it is what the host says now. */
export async function sshReports(hosts: readonly SshHost[], ssh = 'ssh'): Promise<HostReport[]> {
  const reports = await each(hosts, AT_ONCE, async ({ name, address }) => {
    const text = await output(ssh, [...OPTIONS, '--', address, `cat ${REPORT}`]);
    const report = text === undefined ? undefined : parseReport(text, name, 0);
    // The address says who it is, not the host.
    return report && { ...report, host: name, instance: report.values.instance ?? name };
  });
  return reports.filter((report) => report !== undefined);
}

function output(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(program, [...args], { timeout: PATIENCE * 3000, maxBuffer: 65_536 }, (error, out) =>
      done(error === null ? out : undefined),
    );
  });
}
