import { basename, join, resolve } from 'node:path';
import { pushArtifact, sha256 } from '../../deploy/artifact-push';
import { readNamed } from '../../disk/read-file';
import { addArtifact } from '../../estate/changes/artifacts';
import type { ArtifactEntry } from '../../estate/model/locks';
import { artifactBucket } from '../../plan/names';
import { ARTIFACT_STORES } from '../engines';
import { fetchBytes } from '../fetching';
import { CURED_BY_COMMANDS, findRegion, loadExcept, unknown } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { EXIT } from '../words/output';
import { changeEstate } from './apply';

/** Kafka, the largest of them, has 0.13 GiB. Bytes are held in memory while their digest is taken. */
const ARTIFACT = { bytes: 2 ** 30, why: 'no artifact is that large, and it is held in memory' };

/** `meissa artifacts list`. */
export const artifactsList: Verb = (context) => {
  const { estate } = loadExcept(context, CURED_BY_COMMANDS);
  const { artifacts } = estate.locks.artifacts;
  if (context.json) context.output.json({ version: 1, artifacts });
  else for (const a of artifacts) context.output.print(`${a.name} ${a.version} ${a.architecture}  ${a.sha256}  ${a.source}`);
  return EXIT.ok;
};

/** `meissa artifacts add <name> <version> <url-or-file>`: reads the bytes once, to take their digest. */
export const artifactsAdd: Verb = async (context, args, options) => {
  const [name, version, source] = args as string[];
  const { estate } = loadExcept(context, CURED_BY_COMMANDS);
  const architecture = typeof options.architecture === 'string' ? options.architecture : estate.images.architecture;
  if (architecture !== 'amd64' && architecture !== 'arm64')
    throw new Refusal('ARCHITECTURE_UNKNOWN', `"${architecture}" is no architecture`, 'amd64 or arm64');
  const bytes = await read(context, source!);
  const entry: ArtifactEntry = {
    name: name!,
    version: version!,
    architecture,
    file: basename(source!),
    sha256: sha256(bytes),
    source: source!,
  };
  return changeEstate(
    context,
    () => loadExcept(context, CURED_BY_COMMANDS),
    (now) => addArtifact(now, entry),
  );
};

/** `meissa artifacts push <region> [name...]`: those of the estate's architecture, each under its digest. Further words may be regions, too. */
export const artifactsPush: Verb = async (context, args, options) => {
  const { estate } = loadExcept(
    context,
    CURED_BY_COMMANDS.filter((code) => code !== 'ARTIFACT_MISSING'),
  );
  const isRegion = (word: string) => estate.regions.some((region) => region.name === word);
  const more = args[1] as string[];
  const regions = [args[0] as string, ...more.filter(isRegion)].map((name) => findRegion(estate, name));
  const locked = estate.locks.artifacts.artifacts.filter((a) => a.architecture === estate.images.architecture);
  const names = more.filter((word) => !isRegion(word));
  for (const name of names)
    if (!locked.some((a) => a.name === name))
      throw unknown('artifact', name, [...new Set(locked.map((a) => a.name)), ...estate.regions.map((region) => region.name)]);
  const entries = names.length === 0 ? locked : locked.filter((a) => names.includes(a.name));
  const from = typeof options.from === 'string' ? options.from : undefined;
  const pushed: { region: string; name: string; sha256: string; outcome: string }[] = [];
  for (const region of regions) {
    const store = await ARTIFACT_STORES[region.provider](region.cloudRegion, artifactBucket(estate.name, region));
    for (const entry of entries) {
      const outcome = await pushArtifact(store, entry, () =>
        read(context, from === undefined ? entry.source : join(from, entry.file)),
      );
      context.output.say(`${region.name}: ${entry.name} ${entry.version} ${outcome}`);
      pushed.push({ region: region.name, name: entry.name, sha256: entry.sha256, outcome });
    }
  }
  if (context.json) context.output.json({ version: 1, pushed });
  return EXIT.ok;
};

async function read(context: VerbContext, source: string): Promise<Uint8Array> {
  if (/^https?:\/\//.test(source)) return fetchBytes(context, source);
  const path = resolve(context.root, source);
  const bytes = readNamed(path, ARTIFACT);
  if (bytes === undefined)
    throw new Refusal('ARTIFACT_FILE_MISSING', `there is no file ${source}`, 'download it first, or give its URL');
  return bytes;
}
