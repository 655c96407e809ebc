import { gzipSync } from 'fflate';

/** Gzip, the same bytes for ever. fflate and no zlib of Node's: that one differs between versions, and other bytes stop and start every host. */
export function gzip(raw: Uint8Array): Buffer {
  return Buffer.from(gzipSync(raw, { level: 6, mtime: 0 }));
}
