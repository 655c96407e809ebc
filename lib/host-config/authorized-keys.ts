import type { NameProblem } from './host-names';

/**
 * What is surely wrong with a line of `authorized_keys`: sshd passes over what it doesn't know, and nobody gets in. Which types it takes is the
 * image's matter. Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT"; OpenSSH 7.0 and 10.0 release notes (ssh-dss).
 */
export function keyProblem(written: string): NameProblem | undefined {
  const shown = JSON.stringify(written.slice(0, 60));
  // Who publishes a private key is told of that.
  if (/PRIVATE KEY/.test(written)) return undefined;
  if (/^[^\r\n]+\r?\n$/.test(written))
    return { message: `${shown} ends with a line break.`, fix: 'Write the key in the line of its dash, without | before it.' };
  if (/^[^\r\n]+\r?\n[^\r\n]/.test(written))
    return { message: `${shown} goes over lines.`, fix: 'Write each key as an item of its own, in one line.' };
  if (/^ssh-dss\s/.test(written))
    return { message: 'OpenSSH takes no keys of the type ssh-dss any more.', fix: 'Write a key of another type: ssh-ed25519.' };
  if (/^(?:(?:~|\$HOME|\.{1,2})\/\S*|\/\S*\.pub)$/.test(written))
    return { message: `${shown} is the path of a key.`, fix: 'Write what stands in the file: its type and the key.' };
  if (/^AAAA[A-Za-z0-9+/]{12,}={0,3}(?:\s|$)/.test(written))
    return {
      message: `${shown} has no type of a key before it.`,
      fix: 'Write the whole line of the .pub file: ssh-ed25519 AAAA...',
    };
  return undefined;
}
