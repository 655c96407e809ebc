/** From the files of an estate to the Estate and everything that is wrong with them. Pure: the files come from a source. */

import { acceptedWarnings as acceptedIn } from '../build/acceptances';
import { buildModel, knownRegions, type Places } from '../build/estate';
import { idcProfiles } from '../build/idc';
import { layoutFindings } from '../build/layout';
import { readLocks } from '../build/locks';
import { type Fragment, type LoadedProfiles, loadProfiles, PROFILE_FOLDER } from '../build/profiles';
import { unusedParameters } from '../build/unused-parameters';
import { withAccepted } from '../findings/accepted';
import { errorAt, type Finding, type Location, type Path, sortFindings } from '../findings/finding';
import { nearest } from '../findings/nearest';
import { set } from '../findings/remedy';
import type { Estate } from '../model/model';
import { checkRules } from '../rules';
import { withoutConsequences } from '../rules/consequences';
import { ESTATE_PATH } from '../rules/rule';
import { checkSchema } from '../schema/check';
import type { EstateFile } from '../schema/estate-schema';
import { ESTATE, type FileSchema, IDC, REGION } from '../schema/files';
import { REGION_NAME, REGION_NAME_RULE } from '../schema/scalars';
import { withoutClusters } from './outline';
import { listNames, readText, vanished } from './reading';
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

/** The files as they are read. */
interface Reading {
  readonly source: EstateSource;
  readonly findings: Finding[];
  /** Those that were opened, by path. */
  readonly files: Map<string, YamlFile>;
  /** Places whose files are there and gave no value: what they name isn't known. */
  readonly broken: string[];
  /** What is known of the clouds' regions. */
  known: Pick<Estate, 'awsRegions'>;
}

/** Reads and checks an estate. Never throws for bad input: everything that is wrong is a finding, and all are told at once. */
export function readEstate(given: EstateSource, options: ReadOptions = {}): ReadEstate {
  const findings: Finding[] = [];
  const source = options.past === true ? given : withoutSecrets(given, findings);
  const reading: Reading = { source, findings, files: new Map(), broken: [], known: knownRegions(undefined) };
  const files = filesOf(reading);
  const names = files.filter((n) => n.endsWith('.yaml') && !n.endsWith('.lock.yaml'));
  findings.push(...otherEnds(files));
  const written = readEstateFile(reading, files);
  reading.known = knownRegions(written?.value);
  const places = readPlaces(reading, names, options);
  readClustersOfOthers(reading, places);
  const loaded = readProfiles(reading, places, options);
  const whole = places.regions.filter(({ outline }) => !outline).map(({ name }) => name);
  whole.push(...reading.broken.filter((place) => options.regions?.includes(place) ?? true));
  const { locks, findings: lockFindings } = readLocks((path) => read(reading, path), whole);
  findings.push(...lockFindings);
  const unreadLocks = [...new Set(findings.filter(isOfUnreadLock).map(({ file }) => file))];
  const { fragments } = loaded;
  if (written === undefined) return { fragments, findings: distinct(sortFindings(findings)) };
  findings.push(...unusedParameters(written, places.regions, loaded.names));

  const acceptedWarnings = acceptedIn([written, ...places.regions, ...places.idcs]);
  const model = buildModel(written, places, loaded.profiles, findings);
  const estate: Estate = {
    ...model,
    profiles: loaded.profiles,
    locks,
    ...(acceptedWarnings.length === 0 ? {} : { acceptedWarnings }),
    locate: (path, steps) => locate(reading, path, steps),
    ...(options.past === true ? { past: true } : {}),
  };
  const { today } = options;
  const context = {
    profileNames: loaded.names,
    files,
    unread: new Set(reading.broken),
    ...(today === undefined ? {} : { today }),
  };
  findings.push(...checkRules(estate, { ...context, written: (path, steps) => writtenAt(reading, path, steps) }));
  return {
    estate,
    fragments,
    findings: withAccepted(withoutConsequences(distinct(sortFindings(findings)), unreadLocks), acceptedWarnings),
  };
}

/** Told while files are read, before any rule: a lock with an error has no value. */
function isOfUnreadLock({ file, severity }: Finding): boolean {
  return severity === 'error' && file.endsWith('.lock.yaml');
}

function read({ source, findings }: Reading, path: string): string | undefined {
  const { value, finding } = readText(source, path);
  if (finding !== undefined) findings.push(finding);
  return value;
}

function open({ files, findings }: Reading, path: string, text: string): YamlFile {
  const file = parseYaml(path, text);
  files.set(path, file);
  findings.push(...file.findings);
  return file;
}

/** The value of a file that its schema takes. */
function checked<T>({ findings }: Reading, schema: FileSchema<T>, file: YamlFile): T | undefined {
  const { value, findings: wrong } = checkSchema(schema, file);
  findings.push(...wrong);
  return value;
}

function locate(reading: Reading, path: string, steps: Path): Location {
  let file = reading.files.get(path);
  if (file === undefined) {
    const text = read(reading, path);
    if (text === undefined) return { file: path, line: 0 };
    file = parseYaml(path, text);
    reading.files.set(path, file);
  }
  return file.locate(steps);
}

/** What stands at a path of a file, as it is written. */
function writtenAt({ files }: Reading, path: string, steps: Path): unknown {
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    files.get(path)?.value,
  );
}

/** Names of the files in the estate's folder. */
function filesOf({ source, findings, broken }: Reading): string[] {
  const { value, finding } = listNames(source, FOLDER);
  if (finding !== undefined) {
    findings.push(finding);
    broken.push(FOLDER);
  }
  return [...(value ?? [])];
}

/** Files that only another end keeps from being read: a region in one would be missing without a word. */
function otherEnds(names: readonly string[]): Finding[] {
  return names.flatMap((name): Finding[] => {
    const stem = /^(.*)\.(?:ya?ml|json)$/i.exec(name)?.[1];
    // A missing estate.yaml is told by itself.
    if (stem === undefined || name.endsWith('.yaml') || stem.toLowerCase() === 'estate') return [];
    const meant = `${stem}.yaml`;
    const told = {
      code: 'FILE_NAME',
      message: `${name} is not read: files of an estate end with .yaml`,
      why: 'a region, data centre or lock in it would be missing without a word',
      ...(names.includes(meant) ? {} : { write: [[{ move: `${FOLDER}/${meant}`, file: `${FOLDER}/${name}` }]] }),
      fix: names.includes(meant) ? `put what is right into ${meant}, and take this one away` : 'or move it out of regions/',
    };
    return [errorAt({ file: `${FOLDER}/${name}`, line: 0 }, [], told)];
  });
}

function readEstateFile(reading: Reading, names: readonly string[]): { file: YamlFile; value: EstateFile } | undefined {
  const text = read(reading, ESTATE_PATH);
  if (text !== undefined) {
    const file = open(reading, ESTATE_PATH, text);
    const value = checked(reading, ESTATE, file);
    return value && { file, value };
  }
  if (reading.findings.length > 0) return undefined;
  const near = nearest('estate.yaml', names);
  const told = {
    code: 'ESTATE_MISSING',
    message: `there is no ${ESTATE_PATH}`,
    why: 'it names the estate and its address pools',
    ...(near !== undefined && { write: [[{ move: ESTATE_PATH, file: `${FOLDER}/${near}` }]] }),
    fix: `${near === undefined ? '' : 'or '}write ${ESTATE_PATH}, or go to the folder that holds regions/`,
  };
  reading.findings.push(errorAt({ file: ESTATE_PATH, line: 0 }, [], told));
  return undefined;
}

/** Regions and data centres, in order of their files. */
function readPlaces(reading: Reading, names: readonly string[], { regions: wanted }: ReadOptions): Places {
  const places: Places = { regions: [], idcs: [] };
  for (const name of names) {
    const path = `${FOLDER}/${name}`;
    if (path === ESTATE_PATH) continue;
    const place = name.slice(0, -'.yaml'.length);
    const outline = wanted !== undefined && !wanted.includes(place);
    if (!readPlace(reading, place, outline, places)) reading.broken.push(place);
  }
  return places;
}

/** Whether its file gave a value. */
function readPlace(reading: Reading, name: string, outline: boolean, places: Places): boolean {
  const { findings } = reading;
  const path = `${FOLDER}/${name}.yaml`;
  const before = findings.length;
  const text = read(reading, path);
  if (text === undefined) {
    if (findings.length === before) findings.push(vanished(path));
    return false;
  }
  const file = open(reading, path, outline ? withoutClusters(text).trimEnd() : text);
  if (file.value === undefined) return false;
  if (isIdc(file.value)) {
    const value = checked(reading, IDC, file);
    if (value === undefined) return false;
    findings.push(...nameDiffers(file, value.idc));
    places.idcs.push({ file, value });
    return true;
  }
  const value = checked(reading, REGION, file);
  if (value === undefined) return false;
  const unplaced = layoutFindings(name, file, value, reading.known);
  findings.push(...nameIsNone(file, name), ...unplaced);
  if (unplaced.length > 0) return false;
  places.regions.push({ name, file, value, outline });
  return true;
}

function readProfiles(
  { source, findings, files, broken }: Reading,
  { regions, idcs }: Places,
  options: ReadOptions,
): LoadedProfiles {
  const wanted = regions.flatMap(({ value }) =>
    Object.values(value.clusters).flatMap((c) => Object.values(c.fleets).flatMap((f) => f.profiles)),
  );
  wanted.push(...idcProfiles(idcs.map((i) => i.value)));
  // Any of the estate's own may be what the broken file names.
  if (broken.length > 0) wanted.push(...(listNames(source, PROFILE_FOLDER).value ?? []));
  const loaded = loadProfiles(wanted, source, options.packaged ?? emptySource);
  findings.push(...loaded.findings);
  for (const [path, file] of loaded.files) files.set(path, file);
  return loaded;
}

/** A parameter of the whole estate is checked for every fleet, and told once. */
function distinct(sorted: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  return sorted.filter(({ file, line, path, code, message }) => {
    const key = [file, line, path, code, message].join('\n');
    return !told.has(key) && told.add(key);
  });
}

/**
 * Hosts of a rack are configured with the voters of their cluster, and mirrors with the brokers that they carry from: those regions
 * are read wholly, also where only their addresses were asked for. Their outlines were checked already, so that only what is wrong
 * with the clusters is new.
 */
function readClustersOfOthers(reading: Reading, { regions, idcs }: Places): void {
  const named = new Set(idcs.flatMap(({ value }) => Object.values(value.racks).map((rack) => rack.cluster?.split('/')[0])));
  const mirrors = regions.some(({ value }) => Object.values(value.clusters).some(({ kafka }) => kafka?.mirrors !== undefined));
  regions.forEach((region, i) => {
    if (!region.outline || !(mirrors || named.has(region.name))) return;
    const text = read(reading, region.file.file);
    if (text === undefined || !(named.has(region.name) || /\bkafka\b/.test(text))) return;
    const file = open(reading, region.file.file, text);
    const value = checked(reading, REGION, file);
    const unplaced = value === undefined ? [] : layoutFindings(region.name, file, value, reading.known);
    reading.findings.push(...unplaced);
    if (value && unplaced.length === 0) regions[i] = { name: region.name, file, value, outline: false };
  });
}

function isIdc(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'idc');
}

function nameDiffers(file: YamlFile, name: string): Finding[] {
  const expected = file.file.slice(FOLDER.length + 1, -'.yaml'.length);
  if (name === expected) return [];
  const told = {
    code: 'FILE_NAME',
    message: `the file is called ${expected}.yaml, but describes "${name}"`,
    why: 'locks and commands find a place by the name of its file',
    write: [set(['idc'], expected)],
    fix: `or call the file ${name}.yaml`,
  };
  return [errorAt(file.locate(['idc']), ['idc'], told)];
}

/** A region is called as its file is, whatever its cloud calls it. */
function nameIsNone(file: YamlFile, name: string): Finding[] {
  if (REGION_NAME.test(name)) return [];
  const told = {
    code: 'FILE_NAME',
    message: `${JSON.stringify(name)} is no name of a region: ${REGION_NAME_RULE}`,
    why: 'a region is called as its file is, in stacks, hosts, links, locks and on the command line',
    fix: "call the file as the cloud calls the region, or otherwise, with the cloud's own id in `region:`",
  };
  return [errorAt(file.locate([]), [], told)];
}
