/** From the files of an estate to the Estate and everything that is wrong with them. Pure: the files come from a source. */

import { AWS_REGIONS, type AwsRegions } from '../facts/aws/regions';
import { attempt } from './attempt';
import { buildIdc, idcProfiles } from './build/idc';
import { layoutFindings } from './build/layout';
import { buildLinks } from './build/links';
import { readLocks } from './build/locks';
import { type Fragment, loadProfiles, PROFILE_FOLDER } from './build/profiles';
import { buildRegion } from './build/region';
import { unusedParameters, type WrittenRegion } from './build/unused-parameters';
import { cidr } from './cidr';
import { type Finding, sortFindings } from './finding';
import type { Estate, Idc, Locate, Region } from './model';
import { didYouMean } from './nearest';
import { withoutClusters } from './outline';
import { listNames, readText, vanished } from './reading';
import { checkRules } from './rules';
import { ESTATE_PATH } from './rules/rule';
import { checkSchema } from './schema/check';
import type { EstateFile } from './schema/estate-schema';
import { ESTATE, IDC, REGION } from './schema/files';
import type { IdcFile } from './schema/idc-schema';
import { withoutSecrets } from './secret-findings';
import { type EstateSource, emptySource } from './source';
import { parseYaml, type YamlFile } from './yaml-file';

const FOLDER = 'regions';

export interface ReadOptions {
  /** ISO date, only for the age of images. @default - ages are not checked */
  readonly today?: string;
  /** Regions that are built wholly; the others only give their addresses and stand as an outline. @default - all */
  readonly regions?: readonly string[];
  /** The files stood in git before: a secret in them is told already, and only kept out of what is shown. @default false */
  readonly past?: boolean;
  /** Profiles that come with this package. @default - none */
  readonly packaged?: EstateSource;
}

export interface ReadEstate {
  /** What could be built; undefined when estate.yaml can't be read. Trust it only when no finding is an error. */
  readonly estate?: Estate;
  /** Fragments of the profiles that were asked for, also of those that could not be read whole. */
  readonly fragments: readonly Fragment[];
  /** In order of file and line. */
  readonly findings: readonly Finding[];
}

/** Reads and checks an estate. Never throws for bad input: everything that is wrong is a finding, and all are told at once. */
export function readEstate(given: EstateSource, options: ReadOptions = {}): ReadEstate {
  const findings: Finding[] = [];
  const source = options.past === true ? given : withoutSecrets(given, findings);
  const files = new Map<string, YamlFile>();
  /** Places whose files are there and gave no value: what they name isn't known. */
  const broken: string[] = [];
  const read = (path: string): string | undefined => {
    const { value, finding } = readText(source, path);
    if (finding !== undefined) findings.push(finding);
    return value;
  };
  const open = (path: string, text: string): YamlFile => {
    const file = parseYaml(path, text);
    files.set(path, file);
    findings.push(...file.findings);
    return file;
  };

  const listed = listNames(source, FOLDER);
  if (listed.finding !== undefined) {
    findings.push(listed.finding);
    broken.push(FOLDER);
  }
  const names = (listed.value ?? []).filter((n) => n.endsWith('.yaml') && !n.endsWith('.lock.yaml'));
  const estateText = read(ESTATE_PATH);
  let estateFile: EstateFile | undefined;
  let estateSource: YamlFile | undefined;
  if (estateText === undefined && findings.length === 0) {
    const near = didYouMean('estate.yaml', names);
    findings.push({
      ...{ file: ESTATE_PATH, line: 0, code: 'ESTATE_MISSING', severity: 'error', path: '' },
      message: `there is no ${ESTATE_PATH}.${near}`,
      why: 'it names the estate and its address pools',
      fix: `write ${ESTATE_PATH}, or go to the folder that holds regions/`,
    });
  } else if (estateText !== undefined) {
    estateSource = open(ESTATE_PATH, estateText);
    const checked = checkSchema(ESTATE, estateSource);
    findings.push(...checked.findings);
    estateFile = checked.value;
  }

  const written: WrittenRegion[] = [];
  const writtenIdcs: { file: YamlFile; value: IdcFile }[] = [];
  for (const name of names) {
    const path = `${FOLDER}/${name}`;
    if (path === ESTATE_PATH) continue;
    const place = name.slice(0, -'.yaml'.length);
    const before = findings.length;
    const text = read(path);
    if (text === undefined) {
      if (findings.length === before) findings.push(vanished(path));
      broken.push(place);
      continue;
    }
    const outline = options.regions !== undefined && !options.regions.includes(place);
    const file = open(path, outline ? withoutClusters(text).trimEnd() : text);
    if (file.value === undefined) {
      broken.push(place);
      continue;
    }
    if (isIdc(file.value)) {
      const { value, findings: wrong } = checkSchema(IDC, file);
      findings.push(...wrong);
      if (value) {
        findings.push(...nameDiffers(file, 'idc', value.idc));
        writtenIdcs.push({ file, value });
      } else broken.push(place);
    } else {
      const { value, findings: wrong } = checkSchema(REGION, file);
      findings.push(...wrong);
      if (value) {
        const unplaced = layoutFindings(file, value);
        findings.push(...nameDiffers(file, 'region', value.region), ...unplaced);
        if (unplaced.length > 0) broken.push(place);
        else written.push({ file, value, outline });
      } else broken.push(place);
    }
  }
  readClustersOfOthers(writtenIdcs, written, open, read, findings);

  const wanted = written.flatMap(({ value }) =>
    Object.values(value.clusters).flatMap((c) => Object.values(c.fleets).flatMap((f) => f.profiles)),
  );
  wanted.push(...idcProfiles(writtenIdcs.map((i) => i.value)));
  // Any of the estate's own may be what the broken file names.
  if (broken.length > 0) wanted.push(...(listNames(source, PROFILE_FOLDER).value ?? []));
  const loaded = loadProfiles(wanted, source, options.packaged ?? emptySource);
  findings.push(...loaded.findings);
  for (const [path, file] of loaded.files) files.set(path, file);

  const whole = written.filter(({ outline }) => !outline).map(({ value }) => value.region);
  whole.push(...broken.filter((place) => options.regions?.includes(place) ?? true));
  const { locks, findings: lockFindings } = readLocks(read, whole);
  findings.push(...lockFindings);
  if (estateFile === undefined || estateSource === undefined)
    return { fragments: loaded.fragments, findings: distinct(sortFindings(findings)) };

  findings.push(...unusedParameters({ file: estateSource, value: estateFile }, written, loaded.names));

  const context = { estate: estateFile, estateSource, profiles: loaded.profiles };
  const regions: Region[] = [];
  for (const { file, value, outline } of written) {
    const built = attempt(file.file, 'the region', () => buildRegion(file, value, context, outline));
    findings.push(...('value' in built ? built.value.findings : built.findings));
    if ('value' in built) regions.push(built.value.region);
  }
  const idcs: Idc[] = [];
  for (const { file, value } of writtenIdcs) {
    const built = attempt(file.file, 'the data centre', () => buildIdc(file, value, context));
    findings.push(...('value' in built ? built.value.findings : built.findings));
    if ('value' in built) idcs.push(built.value.idc);
  }
  regions.sort(byName);
  idcs.sort(byName);
  const links = buildLinks(estateFile.links, { source: estateSource, regions, idcs, quotas: estateFile.quotas });
  findings.push(...links.findings);

  const locate: Locate = (path, steps) => {
    let file = files.get(path);
    if (file === undefined) {
      const text = read(path);
      file = text === undefined ? undefined : parseYaml(path, text);
      if (file !== undefined) files.set(path, file);
    }
    return file === undefined ? { file: path, line: 0 } : file.locate(steps);
  };
  const estate: Estate = {
    name: estateFile.estate,
    ...(estateFile.central === undefined ? {} : { central: estateFile.central }),
    addressing: { hosts: pool(estateFile.addressing.hosts), containers: pool(estateFile.addressing.containers) },
    images: estateFile.images,
    discovery: estateFile.discovery,
    tags: estateFile.tags,
    quotas: estateFile.quotas,
    ...(estateFile.aliyun?.cen === undefined ? {} : { cen: estateFile.aliyun.cen }),
    awsRegions: declaredRegions(estateFile),
    regions,
    idcs,
    links: links.links,
    profiles: loaded.profiles,
    locks,
    locate,
    ...(options.past === true ? { past: true } : {}),
  };
  findings.push(
    ...checkRules(estate, { ...(options.today === undefined ? {} : { today: options.today }), profileNames: loaded.names }),
  );
  return { estate, fragments: loaded.fragments, findings: distinct(sortFindings(findings)) };
}

/** A parameter of the whole estate is checked for every fleet, and told once. */
function distinct(sorted: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  return sorted.filter(({ file, line, path, code, message }) => {
    const key = [file, line, path, code, message].join('\n');
    return !told.has(key) && told.add(key);
  });
}

/** A region that AWS opened after this version's table was written is declared by the estate; a declared one wins. */
function declaredRegions(file: EstateFile): AwsRegions {
  const declared = Object.entries(file.awsRegions);
  if (declared.length === 0) return AWS_REGIONS;
  return new Map([
    ...AWS_REGIONS,
    ...declared.map(([name, { zones, partition }]) => [name, { partition, letters: zones.join('') }] as const),
  ]);
}

function pool(written: { pool: string; block: number }): Estate['addressing']['hosts'] {
  return { pool: cidr(written.pool), blockBits: written.block };
}

/**
 * Hosts of a rack are configured with the voters of their cluster, and mirrors with the brokers that they carry from: those regions
 * are read wholly, also where only their addresses were asked for. Their outlines were checked already, so that only what is wrong
 * with the clusters is new.
 */
function readClustersOfOthers(
  idcs: readonly { readonly value: IdcFile }[],
  written: WrittenRegion[],
  open: (path: string, text: string) => YamlFile,
  read: (path: string) => string | undefined,
  findings: Finding[],
): void {
  const named = new Set(idcs.flatMap(({ value }) => Object.values(value.racks).map((rack) => rack.cluster?.split('/')[0])));
  const mirrors = written.some(({ value }) => Object.values(value.clusters).some(({ kafka }) => kafka?.mirrors !== undefined));
  written.forEach((region, i) => {
    if (!region.outline || !(mirrors || named.has(region.value.region))) return;
    const text = read(region.file.file);
    if (text === undefined || !(named.has(region.value.region) || /\bkafka\b/.test(text))) return;
    const file = open(region.file.file, text);
    const { value, findings: wrong } = checkSchema(REGION, file);
    findings.push(...wrong);
    const unplaced = value === undefined ? [] : layoutFindings(file, value);
    findings.push(...unplaced);
    if (value && unplaced.length === 0) written[i] = { file, value, outline: false };
  });
}

function isIdc(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'idc');
}

function nameDiffers(file: YamlFile, key: 'region' | 'idc', name: string): Finding[] {
  const expected = file.file.slice(FOLDER.length + 1, -'.yaml'.length);
  if (name === expected) return [];
  return [
    {
      ...file.locate([key]),
      ...{ code: 'FILE_NAME', severity: 'error', path: key },
      message: `the file is called ${expected}.yaml, but describes "${name}"`,
      why: 'locks and commands find a place by the name of its file',
      fix: `write \`${key}: ${expected}\`, or call the file ${name}.yaml`,
    },
  ];
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
