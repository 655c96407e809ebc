import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadProfiles } from '../../lib/estate/build/profiles';
import { diskSource } from '../../lib/estate/files/disk-source';
import { emptySource, memorySource } from '../../lib/estate/read/source';
import { hostConfig } from '../../lib/host-config/host-config';
import { unusedFiles } from '../../lib/host-config/unused-files';
import { context, ownProfiles, profile, repository } from './fixtures';

const about = (name: string) => `profile: ${name}\ndescription: A profile.\n`;

/** Loads a profile of these files, by their path below cloud-config/. */
function load(wanted: string, files: Readonly<Record<string, string>>) {
  const all = Object.fromEntries(Object.entries(files).map(([path, text]) => [`cloud-config/${path}`, text]));
  const { profiles, findings, names } = loadProfiles([wanted], memorySource(all), emptySource);
  return { profile: profiles.get(wanted), findings, names };
}

test('a file of a folder below the profile is named by its path', () => {
  const { profile: x, findings } = load('x', {
    'x/profile.yaml': about('x'),
    'x/cloud-config.yaml': 'files: [{ path: /etc/y, source: files/sub/y }, { path: /opt/z, source: files/z.sh, template: true }]',
    'x/files/sub/y': 'one\n',
    'x/files/z.sh': '#!/bin/bash\n# gone\necho {{region.name}}\n',
    'x/files/.hidden': 'no',
  });
  expect(findings).toEqual([]);
  expect(Object.keys(x!.files)).toEqual(['files/sub/y', 'files/z.sh']);
  const { config, findings: found } = hostConfig(context(), [x!]);
  expect(found).toEqual([]);
  expect(config.files.map(({ path, content }) => [path, content])).toEqual([
    ['/etc/meissa/manifest', expect.any(String)],
    ['/etc/y', 'one\n'],
    ['/opt/z', '#!/bin/bash\necho sa-east-1\n'],
  ]);
});

test('what is wrong in such a file is told at its place, and a wrong name with those that are there', () => {
  const files = { 'files/a.sh': '#!/bin/bash\n\necho {{regoin.name}}\n' };
  const { findings } = hostConfig(context(), [
    profile('x', 'files: [{ path: /opt/a, source: files/a.sh, template: true }, { path: /opt/b, source: a.sh }]', files),
  ]);
  expect(findings).toMatchObject([
    { code: 'FRAGMENT_VALUE', path: 'files[1].source', fix: 'Its files are: files/a.sh.' },
    { code: 'TEMPLATE_VARIABLE', file: 'cloud-config/x/files/a.sh', line: 3 },
  ]);
});

test('a profile within the folder of another is a finding, and nothing of it is read', () => {
  const { profile: x, findings } = load('x', {
    'x/profile.yaml': about('x'),
    'x/cloud-config.yaml': '',
    'x/y/profile.yaml': about('y'),
    'x/y/cloud-config.yaml': 'nonsense: {{',
  });
  expect(x).toBeUndefined();
  expect(findings).toMatchObject([
    { code: 'PROFILE_NESTED', file: 'cloud-config/x/y/profile.yaml', fix: 'move the folder to cloud-config/y, and name it y' },
  ]);
});

test('a file called profile.yaml below the profile is one like any other', () => {
  const { profile: x, findings } = load('x', {
    'x/profile.yaml': about('x'),
    'x/cloud-config.yaml': '',
    'x/files/profile.yaml': 'a: 1\n',
  });
  expect(findings).toEqual([]);
  expect(x!.files).toEqual({ 'files/profile.yaml': 'a: 1\n' });
});

test.each(['team', 'y'])('a fleet that names %s is told where the profile lies that it means', (wanted) => {
  const { findings, names } = load(wanted, { 'team/y/profile.yaml': about('y'), 'team/y/cloud-config.yaml': '' });
  expect(findings).toMatchObject([
    { code: 'PROFILE_NESTED', file: 'cloud-config/team/y/profile.yaml', fix: 'move the folder to cloud-config/y, and name it y' },
  ]);
  // One cause is one finding: the rule PROFILE_UNKNOWN has nothing to add.
  expect(names).toContain(wanted);
});

test('a folder without profile.yaml is no profile, and says so', () => {
  expect(load('x', { 'x/cloud-config.yaml': '' }).findings).toMatchObject([
    { code: 'PROFILE_FILE_MISSING', file: 'cloud-config/x', message: 'cloud-config/x/profile.yaml is missing' },
  ]);
});

test('a link to a folder elsewhere is not followed, and a fragment is a file', () => {
  const root = mkdtempSync(join(tmpdir(), 'meissa-profile-'));
  try {
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write('cloud-config/x/profile.yaml', about('x'));
    write('cloud-config/x/cloud-config.yaml', '');
    write('cloud-config/x/files/a', 'a\n');
    symlinkSync('/etc', join(root, 'cloud-config/x/elsewhere'));
    write('cloud-config/y/profile.yaml', about('y'));
    write('cloud-config/y/cloud-config.yaml/a', 'a\n');
    const { profiles, findings } = loadProfiles(['x'], diskSource(root), emptySource);
    expect(findings).toMatchObject([{ code: 'FILE_UNREADABLE', file: 'cloud-config/x/elsewhere' }]);
    expect(profiles.size).toBe(0);
    expect(loadProfiles(['y'], diskSource(root), emptySource).findings).toMatchObject([
      { code: 'FILE_UNREADABLE', file: 'cloud-config/y/cloud-config.yaml' },
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('a file that no source names is a warning; notes for people are none', () => {
  const files = { 'a.sh': 'a', 'b.sh': 'b', 'sub/c': 'c', 'README.md': 'd', 'docs/NOTES.md': 'e' };
  const fragment =
    "files:\n- { when: '{{eq 1 2}}', path: /a, source: a.sh }\nunits: [{ name: x.service, dropIns: [{ name: c.conf, source: sub/c }] }]";
  expect(unusedFiles(profile('x', fragment, files))).toEqual([
    expect.objectContaining({ code: 'PROFILE_FILE_UNUSED', severity: 'warning', file: 'cloud-config/x/b.sh', line: 1 }),
  ]);
  expect(unusedFiles(profile('x', "files: [{ path: /a, source: '{{region.name}}.sh' }]", files))).toEqual([]);
});

test('every file of the profiles of this package is used', () => {
  const names = readdirSync(join(repository, 'cloud-config'));
  expect(ownProfiles(...names).flatMap(unusedFiles)).toEqual([]);
});
