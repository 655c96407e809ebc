import { sysctlPath } from './manifest';
import type { HostConfig, HostUnit, Section } from './model';
import { ownProfile } from './model';
import { groupsOfTheImage } from './user-groups';
import { fileItem } from './write-files';
import { inlineText, keyText } from './yaml-text';

/**
 * Writes `#cloud-config` as Flatcar's coreos-cloudinit reads it, which runs at every boot: files first, then units are
 * placed, then the commands of units run one after the other in their order here, each waited for.
 *
 * - Keys have underscores only: since Flatcar 3975.2.0 hyphens are silently ignored.
 * - Indentation is one column, and an item's keys stand below its hyphen: the usual form takes a kilobyte more of 16.
 * - The image's user `core` gets its keys by the top-level key.
 */
export function writeCoreos(config: HostConfig): readonly Section[] {
  const sections: Section[] = [];
  const add = (profile: string, name: string, text: string): void => {
    sections.push({ profile, name, text });
  };
  add(ownProfile, 'layout', '#cloud-config\n');

  const core = config.users.find((user) => user.name === 'core');
  if (core && core.sshAuthorizedKeys.length > 0) {
    add(
      core.profile,
      'keys of core',
      `ssh_authorized_keys:\n${core.sshAuthorizedKeys.map((key) => `- ${inlineText(key)}\n`).join('')}`,
    );
  }
  const others = config.users.filter((user) => user !== core);
  if (others.length > 0) add(ownProfile, 'layout', 'users:\n');
  for (const user of others) {
    const keys = user.sshAuthorizedKeys.map((key) => `  - ${inlineText(key)}\n`).join('');
    const groups = groupsOfTheImage(user).map((group) => `  - ${inlineText(group)}\n`);
    const lists = `${groups.length > 0 ? `  groups:\n${groups.join('')}` : ''}${keys && `  ssh_authorized_keys:\n${keys}`}`;
    add(user.profile, `user ${user.name}`, `- name: ${inlineText(user.name)}\n${lists}`);
  }

  const sysctl = Object.entries(config.sysctl);
  if (config.files.length > 0 || sysctl.length > 0) add(ownProfile, 'layout', 'write_files:\n');
  for (const file of config.files) {
    add(file.profile, file.path, fileItem(file.path, file.content, file.permissions, file.owner));
  }
  if (sysctl.length > 0) {
    add(ownProfile, sysctlPath, `-\n path: ${sysctlPath}\n content: |\n`);
    for (const [name, { value, profile }] of sysctl) add(profile, `sysctl ${name}`, `  ${name} = ${value}\n`);
  }

  const units = sysctl.length > 0 ? [applySysctl, ...config.units] : config.units;
  if (config.update || units.length > 0) add(ownProfile, 'layout', 'coreos:\n');
  if (config.update)
    add(config.update.profile, 'update', ` update:\n  reboot_strategy: ${inlineText(config.update.rebootStrategy)}\n`);
  if (units.length > 0) add(ownProfile, 'layout', ' units:\n');
  for (const unit of units) {
    add(unit.profile, `unit ${unit.name}`, unitText(unit));
    for (const dropIn of unit.dropIns) {
      const text = `  -\n   name: ${inlineText(dropIn.name)}\n${keyText('content', dropIn.content, 4)}`;
      add(dropIn.profile, `drop-in ${unit.name}/${dropIn.name}`, text);
    }
  }
  return sections;
}

/** The kernel's parameters were set before the file came; the reader starts this one first. */
const applySysctl: HostUnit = {
  name: 'systemd-sysctl.service',
  enable: false,
  mask: false,
  command: 'restart',
  dropIns: [],
  profile: ownProfile,
};

function unitText(unit: HostUnit): string {
  let text = ` -\n  name: ${inlineText(unit.name)}\n`;
  if (unit.mask) text += '  mask: true\n';
  if (unit.enable) text += '  enable: true\n';
  if (unit.command) text += `  command: ${unit.command}\n`;
  if (unit.content !== undefined) text += keyText('content', unit.content, 3);
  if (unit.dropIns.length > 0) text += '  drop_ins:\n';
  return text;
}
