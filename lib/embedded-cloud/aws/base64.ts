/** Base64 of texts that stand in a template once and in every host of a fleet: each is coded once, and all hosts share the text. */

/** Texts that are remembered: fleets whose hosts are made side by side. */
const MOST = 64;

const coded = new Map<string, string>();

export function base64(text: string): string {
  const known = coded.get(text);
  if (known !== undefined) return known;
  const made = Buffer.from(text, 'utf8').toString('base64');
  remember(coded, text, made);
  return made;
}

const sizes = new Map<string, number | undefined>();

/** Bytes that a text in base64 stands for; undefined: it is none. White space is let through, as EC2 lets it. */
export function base64Bytes(text: string): number | undefined {
  if (sizes.has(text)) return sizes.get(text);
  const bare = text.replace(/\s/g, '');
  const valid = /^[A-Za-z0-9+/]*={0,2}$/.test(bare) && bare.length % 4 !== 1;
  const size = valid ? Buffer.byteLength(bare, 'base64') : undefined;
  remember(sizes, text, size);
  return size;
}

function remember<V>(known: Map<string, V>, key: string, value: V): void {
  if (known.size >= MOST) known.delete(known.keys().next().value as string);
  known.set(key, value);
}
