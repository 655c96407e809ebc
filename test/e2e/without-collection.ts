/** A copy of an estate without a region's collection: its hosts cost time, and have tests of their own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';

const COLLECTION = 'collection';

export function leaveOutCollection(root: string, region: string): void {
  leaveOut(root, `${region}.yaml`, (document) => document.deleteIn(['clusters', COLLECTION]));
  leaveOut(root, `${region}.members.lock.yaml`, (document) => {
    const { members } = document.toJS() as { members: Record<string, unknown> };
    for (const key of Object.keys(members)) if (key.startsWith(`${COLLECTION}/`)) document.deleteIn(['members', key]);
  });
}

function leaveOut(root: string, file: string, change: (document: Document) => void): void {
  const path = join(root, 'regions', file);
  const document = parseDocument(readFileSync(path, 'utf8'));
  change(document);
  writeFileSync(path, String(document));
}
