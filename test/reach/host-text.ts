/** Texts that hosts boot with, for tests of what reach makes of them. */
import { stringify } from 'yaml';
import type { Cloud } from './clouds';

export interface HostText {
  /** By path. */
  readonly files?: Readonly<Record<string, string>>;
  /** By name. */
  readonly units?: Readonly<Record<string, string>>;
}

export function cloudConfig({ files = {}, units = {} }: HostText): string {
  return `#cloud-config\n${stringify({
    write_files: Object.entries(files).map(([path, content]) => ({ path, content })),
    coreos: { units: Object.entries(units).map(([name, content]) => ({ name, command: 'start', content })) },
  })}`;
}

/** A table in a file that a unit loads. */
export function withTable(table: string): HostText {
  return {
    files: { '/etc/guard.nft': table },
    units: { 'guard.service': '[Service]\nType=oneshot\nExecStart=/usr/sbin/nft -f /etc/guard.nft\n' },
  };
}

/** One chain at a hook. */
export function chain(hook: string, ...rules: string[]): string {
  return `table inet guard {\n chain c {\n  ${hook}\n${rules.map((rule) => `  ${rule}\n`).join('')} }\n}\n`;
}

export const INPUT = 'type filter hook input priority filter';

/** What a host of a region boots with. */
export function boot(cloud: Cloud, n: number, host: 1 | 2, text: HostText): Cloud {
  return cloud.set(`r${n}/all`, `M${host}Instance`, { UserData: Buffer.from(cloudConfig(text)).toString('base64') });
}
