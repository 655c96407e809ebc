import type { Field } from './read-fields';

const once = {
  why: 'Readers look at this when they make the user, and never again: it would differ between old hosts and new ones',
  fix: 'Leave it out; a user has its name, its groups and its keys.',
};
const secret = {
  why: 'A password, or its hash, is read by every process of the host and by whoever may describe instances',
  fix: 'Leave it out and write sshAuthorizedKeys; groups: [sudo] gives the rights of root without a password.',
};
const fetched = {
  why: 'Keys from elsewhere let in whoever may write there, and a host without that network has none',
  fix: 'Write the keys themselves: sshAuthorizedKeys.',
};
const groups = {
  why: 'Rights are given by groups here',
  fix: 'Write groups: [sudo], whose members may do everything without a password.',
};

/** Keys of users that coreos-cloudinit (its `config/user.go`) and cloud-init ("Users and Groups") know, with why they are refused here. */
const refused = [
  [
    once,
    'gecos homedir no_create_home primary_group no_user_group no_log_init system shell uid gid create_groups expiredate inactive',
  ],
  [secret, 'passwd password password_hash hashed_passwd plain_text_passwd lock_passwd chpasswd'],
  [fetched, 'coreos_ssh_import_github coreos_ssh_import_github_users coreos_ssh_import_url ssh_import_id'],
  [groups, 'sudo doas'],
] as const;

/** In every spelling: `no_create_home`, `no-create-home`, `noCreateHome`. */
export const refusedOfUsers: Readonly<Record<string, Field>> = Object.fromEntries(
  refused.flatMap(([told, names]) =>
    names.split(' ').flatMap((name) => {
      const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      return [name, name.replaceAll('_', '-'), camel].map((key) => [key, { kind: 'refused', ...told }] as const);
    }),
  ),
);
