import { sysctlPath, unitFolder } from './manifest';
import type { HostConfig, Section } from './model';
import { ownProfile } from './model';
import { fileItem } from './write-files';

/** What `meissa-apply` does once the files are written: a line each, in this order. */
export const applyPath = '/etc/meissa/apply';

/** What `meissa-programs` looks for: a line each of command, package for apt, package for dnf; `-` where one needs none. */
export const programsPath = '/etc/meissa/programs';

/**
 * At every boot, first boots included, before the network counts as online and so before what needs it starts. cloud-init itself
 * applies most modules once an instance; `single` with that frequency runs one again (cloud-init, "CLI commands": single).
 */
const atEveryBoot = 'bootcmd:\n- cloud-init single --name write_files --frequency always && bash /opt/meissa/bin/meissa-apply\n';

/**
 * Writes `#cloud-config` for cloud-init of public images (Alibaba Cloud Linux 3, Debian 12, Ubuntu 22.04 and 24.04).
 *
 * - Only `bootcmd` and `write_files`: users, packages and `runcmd` would be applied once an instance, and never again.
 * - Units are files. An empty one is a masked unit (systemd.unit(5)), and unlike a link it is written over when it comes back.
 * - The rest stands in `applyPath`, for the profile base's `meissa-apply`: owners too, because nobody can own a file before
 *   they exist, and this reader would stop there. The user `core`, whom Flatcar has, is made like any other.
 */
export function writeCloudInit(config: HostConfig): readonly Section[] {
  const sections: Section[] = [];
  const add = (profile: string, name: string, text: string): void => {
    sections.push({ profile, name, text });
  };
  add(ownProfile, 'layout', `#cloud-config\n${atEveryBoot}write_files:\n`);
  const apply: string[] = [];
  const line = (...words: readonly string[]): void => {
    apply.push(`${words.join(' ')}\n`);
  };

  for (const user of config.users) {
    line('user', user.name);
    for (const key of user.sshAuthorizedKeys) line('key', user.name, key);
  }
  for (const file of config.files) {
    add(file.profile, file.path, fileItem(file.path, file.content, file.permissions));
    if (file.owner !== 'root') line('owner', file.owner, file.path);
  }
  const sysctl = Object.entries(config.sysctl);
  if (sysctl.length > 0) {
    const text = sysctl.map(([name, { value }]) => `${name} = ${value}\n`).join('');
    add(ownProfile, sysctlPath, fileItem(sysctlPath, text));
  }
  for (const unit of config.units) {
    const text = unit.mask ? '' : unit.content;
    if (text !== undefined) add(unit.profile, `unit ${unit.name}`, fileItem(`${unitFolder}/${unit.name}`, text));
    for (const dropIn of unit.dropIns) {
      const name = `${unit.name}.d/${dropIn.name}`;
      add(dropIn.profile, `drop-in ${unit.name}/${dropIn.name}`, fileItem(`${unitFolder}/${name}`, dropIn.content));
    }
    if (unit.enable) line('enable', unit.name);
    if (unit.command) line(unit.command, unit.name);
  }
  const programs = config.programs.map(({ name, apt = '-', dnf = '-' }) => `${name} ${apt} ${dnf}\n`).join('');
  add(ownProfile, programsPath, fileItem(programsPath, programs));
  add(ownProfile, applyPath, fileItem(applyPath, apply.join('')));
  return sections;
}
