/** Directory ids, which Kafka's files hold in base64url and its client in hexadecimal. */

export function fromUuid(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

export function toUuid(id: string): string {
  return Buffer.from(id, 'base64url').toString('hex');
}

/** Of a folder's `meta.properties`; undefined where it has none. */
export function directoryIdIn(properties: string): string | undefined {
  return /^directory\.id=(\S+)$/m.exec(properties)?.[1];
}
