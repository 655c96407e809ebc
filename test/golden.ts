import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Compares a text with `test/golden/<name>`. A reviewer reads there what a host gets; with MEISSA_UPDATE_GOLDEN=1 the
 * file is written instead.
 */
export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, 'golden', name);
  if (process.env.MEISSA_UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!existsSync(file)) throw new Error(`There is no test/golden/${name}; MEISSA_UPDATE_GOLDEN=1 writes it.`);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
