/** ssh as the person has it: keys, users, jump hosts and host keys are those of their own configuration. */
import { spawn } from 'node:child_process';
import type { Answer, Shell } from './push';

const OPTIONS = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-o', 'ControlMaster=no', '-o', 'ControlPath=none'];

/** Cut off when nothing has come for so long: a filter that drops what is under way leaves ssh waiting. */
const ALIVE = ['-o', 'ServerAliveInterval=5', '-o', 'ServerAliveCountMax=3'];

/** As root, or with sudo that asks for no password. */
const COMMAND = 'if [ "$(id -u)" = 0 ]; then exec bash -s; else exec sudo -n bash -s; fi';

/** @param options further ones, before the address. @default - the person's configuration alone */
export function sshShell(options: readonly string[] = [], program = 'ssh'): Shell {
  return ({ address, kind }, script) =>
    new Promise<Answer>((done) => {
      const user = kind === 'host' ? ['-l', 'core'] : [];
      const child = spawn(program, [...OPTIONS, ...ALIVE, ...options, ...user, '--', address, COMMAND]);
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      child.on('error', ({ message }) => done({ code: 255, out, err: message }));
      child.on('close', (code) => done({ code: code ?? 255, out, err }));
      // It may end before it has read all.
      child.stdin.on('error', () => {});
      child.stdin.end(script);
    });
}
