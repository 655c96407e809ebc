/** Lines of a file that mean something, in whichever of the data centres' plain languages it is written. */

/** Each with the section that it stands in: `[Network] DHCP=no`. Sources: systemd.syntax(7); sysctl.d(5). */
export function settings(text = ''): string[] {
  let section = '';
  return text.split('\n').flatMap((raw) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return [];
    if (line.startsWith('[')) {
      section = `${line} `;
      return [];
    }
    return [`${section}${line}`];
  });
}

/** Values of a key: `[Network] Address`. */
export function valuesOf(lines: readonly string[], key: string): string[] {
  return lines.flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
}

/** Settings of a nested file, by path: `connections.vpn-1.remote_addrs`. Source: strongSwan documentation, "strongswan.conf". */
export function nestedSettings(text = ''): Map<string, string> {
  const found = new Map<string, string>();
  const path: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line === '}') path.pop();
    else if (line.endsWith('{')) path.push(line.slice(0, -1).trim());
    else {
      const at = line.indexOf('=');
      const key = at < 0 ? line : line.slice(0, at).trim();
      found.set([...path, key].join('.'), at < 0 ? '' : line.slice(at + 1).trim());
    }
  }
  return found;
}
