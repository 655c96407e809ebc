/** A folder as the bundle step makes it, of which constructs only need that it is there: unit tests don't build the package. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

export function handlerFolder(): string {
  if (folder !== undefined) return folder;
  folder = mkdtempSync(join(tmpdir(), 'ros-stack-handler-'));
  writeFileSync(join(folder, 'index.js'), 'exports.onEvent = exports.isComplete = async () => ({});\n');
  return folder;
}
