/** What a bundle knows of this package's profiles before it reads them is what reading them gives. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { loadProfiles } from '../../lib/estate/build/profiles';
import { diskSource } from '../../lib/estate/files/disk-source';
import { emptySource, memorySource } from '../../lib/estate/read/source';
import type { ProfileFile } from '../../lib/estate/schema/profile-schema';
import { ROOT } from '../root';

const packaged = diskSource(ROOT);
const script = `import('${join(ROOT, 'scripts/precompiled.mjs')}').then(({ ownProfilesModule }) =>
  process.stdout.write(ownProfilesModule().replace(/^export const ownProfiles = new Map\\((.*)\\);$/s, '$1')))`;

/** By the texts of their files. */
function bundled(): Map<string, ProfileFile> {
  return new Map(JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })));
}

const NAMES = packaged.list('cloud-config')!;

test('each profile is known by its text, and as it is read', () => {
  const known = bundled();
  expect(known.size).toBe(NAMES.length);
  for (const { name, folder, fragment: _, files: __, ...rest } of loadProfiles(NAMES, emptySource, packaged).profiles.values())
    expect(known.get(packaged.read(`${folder}/profile.yaml`)!)).toEqual({ profile: name, ...rest });
});

describe('with what a bundle knows', () => {
  const load = (files: Record<string, string>) => {
    let loaded: ReturnType<typeof loadProfiles> | undefined;
    jest.isolateModules(() => {
      jest.doMock('../../lib/estate/build/own-profiles', () => ({ ownProfiles: bundled() }));
      const profiles = require('../../lib/estate/build/profiles') as typeof import('../../lib/estate/build/profiles');
      loaded = profiles.loadProfiles(['docker', 'other'], memorySource(files), packaged);
    });
    return loaded!;
  };
  const text = packaged.read('cloud-config/docker/profile.yaml')!;

  test('places are those of the file', () => {
    const { profiles, files } = load({});
    expect(profiles.get('docker')).toEqual(loadProfiles(['docker'], emptySource, packaged).profiles.get('docker'));
    const file = 'cloud-config/docker/profile.yaml';
    const line = text.split('\n').findIndex((one) => one.startsWith('parameters:')) + 1;
    expect(files.get(file)!.locate(['parameters'])).toMatchObject({ file, line });
    expect(files.get(file)!.written(['profile'])).toBe('docker');
  });

  test('another text, or the same in a folder of another name, is read and checked', () => {
    const found = load({
      'cloud-config/docker/profile.yaml': text.replace('parameters:', 'parametres:'),
      'cloud-config/docker/cloud-config.yaml': '',
      'cloud-config/other/profile.yaml': text,
      'cloud-config/other/cloud-config.yaml': '',
    }).findings.map(({ code, file }) => `${code} ${file}`);
    expect(found).toContain('UNKNOWN_KEY cloud-config/docker/profile.yaml');
    expect(found).toContain('PROFILE_NAME cloud-config/other/profile.yaml');
  });
});
