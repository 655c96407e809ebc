/** The letter that ends a zone's name: `sa-east-1a` -> `a`, `cn-beijing-h` -> `h`. Empty when it ends otherwise. */
export function zoneLetter(zone: string): string {
  const last = zone.slice(-1);
  return last >= 'a' && last <= 'z' ? last : '';
}
