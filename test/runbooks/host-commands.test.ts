/** What a page has people look at on a host is there on some host: its units, and its files. By what hosts are really given, not by what pages are made from. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadEstate } from '../../lib/estate/read/load';
import { rackUserDataOf, userDataOf } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';
import { RUNBOOKS } from '../../lib/plan/runbook-page';
import { ROOT } from '../root';
import { shellLines } from './commands';

/** Of images and packages, not of ours: by whom. */
const FOREIGN_UNITS: Readonly<Record<string, string>> = {
  'coreos-cloudinit*': 'Flatcar: the reader of user-data',
  frr: 'Debian, frr: routers',
  'prometheus-blackbox-exporter': 'Debian: routers that probe',
  'prometheus-frr-exporter': 'Debian: routers',
  sshd: 'OpenSSH',
  strongswan: 'Debian, charon-systemd: routers with a VPN',
  'system-cloudinit*': 'Flatcar: the reader, in data centres',
};

/** Of images and packages, or made by a person who follows the page: by whom. */
const FOREIGN_PATHS: Readonly<Record<string, string>> = {
  '/var/lib/front-end/checkpoint.old': 'the page moves it there',
};

const estates = ['', ...readdirSync(join(ROOT, 'test/estates')).map((name) => `test/estates/${name}`)];
/** Texts that hosts get, whole: the names of files and units stand in them, and what scripts write. */
const hosts = estates.flatMap((name) => {
  const { estate } = loadEstate(join(ROOT, name), { today: '2026-11-21' });
  const plan = planEstate(estate!);
  const fleets = plan.regions.flatMap((region) => region.fleets.map((fleet) => userDataOf(estate!)(fleet).text));
  const racks = estate!.idcs.flatMap((idc) => idc.racks.map((rack) => rackUserDataOf(estate!)(idc.name, rack.name).text));
  return [...fleets, ...racks];
});
/** Programs that hosts fetch: what they write. */
const programs = readdirSync(join(ROOT, 'lib/host-programs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(ROOT, 'lib/host-programs', file), 'utf8'));
/** A profile that no estate here takes, as it is written. */
const agent = readdirSync(join(ROOT, 'cloud-config/line-agent')).map((file) =>
  readFileSync(join(ROOT, 'cloud-config/line-agent', file), 'utf8'),
);
const own = [...new Set(hosts.flatMap((text) => text.split('\n'))), ...agent, ...programs]
  .join('\n')
  // As scripts of the base profile call these folders.
  .replaceAll(
    /\$\{?(root|run|bin)\b\}?/g,
    (_, name: 'root' | 'run' | 'bin') => ({ root: '', run: '/run/meissa', bin: '/opt/meissa/bin' })[name],
  );

const pages = readdirSync(join(ROOT, RUNBOOKS), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => [path, readFileSync(join(ROOT, RUNBOOKS, path), 'utf8')] as const);

/** Lines of shell blocks, and what stands as code in sentences. */
function codeOf(page: string): string[] {
  const sentences = page.replaceAll(/^```[\s\S]*?^```$/gm, '');
  return [...shellLines(page), ...[...sentences.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)];
}

function unitsOf(line: string): string[] {
  const acted = line.matchAll(
    /\bsystemctl((?:\s+-\S+)*)\s+(?:status|start|stop|restart|show|cat|is-active|reset-failed)\s+([^|;&#)"']*)/g,
  );
  const named = [...acted].flatMap(([, , words]) => words!.split(/\s+/).filter((word) => /^[\w@<]/.test(word)));
  const read = /\bjournalctl\b/.test(line) ? [...line.matchAll(/\s-u\s+'?([\w@*.<>-]+)/g)].map(([, unit]) => unit!) : [];
  // A value of `-p`, and what is to be filled in.
  return [...named, ...read]
    .filter((word) => word !== 'MainPID' && !word.startsWith('<'))
    .map((word) => word.replace(/\.service$/, ''));
}

const pathsOf = (line: string): string[] =>
  [...line.matchAll(/(?<![\w<.:/-])(\/(?:opt|etc|var|run|srv)(?:\/[\w.@<>*-]+)+)/g)].map(([, path]) => path!);

const isOwnUnit = (unit: string): boolean => own.includes(`${unit.replace(/@.*$/, '@')}${unit.includes('@') ? '' : '.service'}`);
/** What is to be filled in or found by a pattern stands below a folder that there is; programs name files of their own folders. */
function isOwnPath(path: string): boolean {
  const known = path.replace(/\/[^/]*[<*].*$/, '');
  if (own.includes(known)) return true;
  const [folder, name] = [dirname(known), basename(known)];
  return own.includes(folder) && programs.some((text) => text.includes(`'${name}'`) || text.includes(`/${name}`));
}

test.each([
  ['unit', unitsOf, isOwnUnit, FOREIGN_UNITS],
  ['file', pathsOf, isOwnPath, FOREIGN_PATHS],
] as const)('every %s that a page names is one that hosts have', (_, namesOf, isOwn, foreign) => {
  const named = pages.flatMap(([path, page]) => codeOf(page).flatMap((line) => namesOf(line).map((name) => ({ path, name }))));
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(({ name }) => !isOwn(name) && foreign[name] === undefined)).toEqual([]);
  const used = new Set(named.map(({ name }) => name));
  expect(Object.keys(foreign).filter((name) => !used.has(name) || isOwn(name))).toEqual([]);
});

test('a unit or a file that no host has is found', () => {
  expect(unitsOf('journalctl -u kafkaa -u kafka --no-pager')).toEqual(['kafkaa', 'kafka']);
  expect(unitsOf('sudo systemctl status --no-pager mirror@<flow> front-end')).toEqual(['mirror@<flow>', 'front-end']);
  expect(['kafkaa', 'kafka', 'mirror@<flow>'].map(isOwnUnit)).toEqual([false, true, true]);
  expect(['/var/lib/kafkaa', '/var/lib/kafka', '/etc/meissa/mirror/<flow>'].map(isOwnPath)).toEqual([false, true, true]);
});
