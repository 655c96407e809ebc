/** `ad-server` -> `AdServer`: a name as a part of a logical id. `web-1` and `web1` become one; a rule tells. */
export function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '')
    .map((part) => part[0]?.toUpperCase() + part.slice(1))
    .join('');
}
