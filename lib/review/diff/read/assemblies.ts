/** Stacks of a folder that `meissa synth` wrote: `cdk.out` for CloudFormation, `aliyun.out` for ROS. */

import type { RosAssembly, RosStackManifest } from '../../../aliyun/assembly';
import { DEPLOY_METADATA } from '../../../aws/deploy-metadata';
import { Unreadable } from '../../../disk/unreadable';
import type { EstateSource } from '../../../estate/read/source';
import { cloudRegionId } from '../../../facts/region';
import { type Json, type JsonObject, listOf, objectOf } from '../model/json';
import type { DeployedAs, StackState } from '../state';

/** A file of the folder that can't be read: which, and what is wrong with it. */
export class AssemblyError extends Error {
  constructor(
    readonly file: string,
    message: string,
  ) {
    super(`${file}: ${message}`);
    this.name = 'AssemblyError';
  }
}

/**
 * In order of path. A folder that is itself an assembly is read as one.
 *
 * @throws AssemblyError for a folder that holds no assembly, or one that is incomplete
 */
export function assemblyStates(files: EstateSource): StackState[] {
  const cdk = ['cdk.out', '.'].find((folder) => artifactsOf(files, folder) !== undefined);
  const ros = ['aliyun.out', '.'].find((folder) => rosOf(files, folder) !== undefined);
  if (cdk === undefined && ros === undefined) {
    throw new AssemblyError('manifest.json', 'the folder holds neither cdk.out/manifest.json nor aliyun.out/manifest.json');
  }
  const states = [...(cdk === undefined ? [] : cdkStates(files, cdk)), ...(ros === undefined ? [] : rosStates(files, ros))];
  return inOrder(named(states));
}

/** Stacks of links say only what the cloud calls their region; those of the region itself begin with what the estate calls it. */
function named(states: readonly StackState[]): StackState[] {
  const isLink = ({ path }: StackState) => path.startsWith('links/');
  const idOf = ({ provider, cloudRegion }: StackState) => `${provider} ${cloudRegion}`;
  const names = new Map(states.filter((state) => !isLink(state)).map((state) => [idOf(state), state.path.split('/')[0]!]));
  return states.map((state) => {
    if (state.cloudRegion === undefined) return state;
    return { ...state, region: names.get(idOf(state)) ?? `${state.cloudRegion}` };
  });
}

/** In order of path. */
export function inOrder(states: readonly StackState[]): StackState[] {
  return [...states].sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

/** An assembly without stacks has no artifacts. */
function artifactsOf(files: EstateSource, folder: string): JsonObject | undefined {
  const manifest = manifestOf(files, folder);
  return manifest === undefined || Array.isArray(manifest.stacks) ? undefined : objectOf(manifest.artifacts);
}

function rosOf(files: EstateSource, folder: string): RosAssembly | undefined {
  const manifest = manifestOf(files, folder);
  return Array.isArray(manifest?.stacks) ? (manifest as unknown as RosAssembly) : undefined;
}

function manifestOf(files: EstateSource, folder: string): JsonObject | undefined {
  const path = pathOf(folder, 'manifest.json');
  return files.read(path) === undefined ? undefined : readJson(files, path);
}

function cdkStates(files: EstateSource, folder: string): StackState[] {
  return Object.entries(artifactsOf(files, folder) ?? {}).flatMap(([id, value]): StackState[] => {
    const artifact = objectOf(value);
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const properties = objectOf(artifact.properties);
    const region = /^aws:\/\/[^/]+\/([^/]+)$/.exec(String(artifact.environment))?.[1];
    return [
      {
        path: textOf(artifact.displayName) ?? id,
        name: textOf(properties.stackName) ?? id,
        provider: 'aws',
        ...(region === undefined ? {} : { cloudRegion: cloudRegionId(region) }),
        template: readJson(files, pathOf(folder, String(properties.templateFile))),
        tags: objectOf(properties.tags) as Readonly<Record<string, string>>,
        terminationProtection: properties.terminationProtection === true,
        ...cdkDeployedAs(files, folder, artifact),
      },
    ];
  });
}

/** Metadata stand in the manifest, or in a file of their own; a policy beside the templates. */
function cdkDeployedAs(files: EstateSource, folder: string, artifact: JsonObject): Pick<StackState, 'deployedAs'> {
  const other = textOf(artifact.additionalMetadataFile);
  // Who kept the templates alone doesn't know how they were deployed.
  if (other !== undefined && files.read(pathOf(folder, other)) === undefined) return {};
  const metadata = { ...objectOf(artifact.metadata), ...(other === undefined ? {} : readJson(files, pathOf(folder, other))) };
  const said = Object.values(metadata)
    .flatMap(listOf)
    .map(objectOf)
    .filter(({ type }) => type === DEPLOY_METADATA);
  const file = pathOf(folder, `stack-policies/${String(objectOf(artifact.properties).stackName)}.json`);
  const deployedAs: DeployedAs = {
    rollback: !said.some(({ data }) => objectOf(data).rollback === false),
    forbidden: files.read(file) === undefined ? [] : forbiddenBy(readJson(files, file)),
    isolatedGroups: [],
    borderRouters: [],
  };
  return { deployedAs };
}

/** CloudFormation, "Prevent updates to stack resources": what is denied is denied whatever else is allowed. */
function forbiddenBy(policy: JsonObject): string[] {
  const denied = listOf(policy.Statement)
    .map(objectOf)
    .filter(({ Effect }) => Effect === 'Deny');
  return denied
    .flatMap(({ Action, Resource, Condition }) => {
      const types = several(objectOf(objectOf(Condition).StringEquals).ResourceType);
      const what = types.length > 0 ? types : several(Resource);
      return several(Action).flatMap((action) => what.map((one) => `${action} of ${one}`));
    })
    .sort();
}

const several = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => (typeof one === 'string' ? [one] : []));

function rosStates(files: EstateSource, folder: string): StackState[] {
  const { stacks } = rosOf(files, folder)!;
  return stacks.map((stack) => ({
    path: stack.path,
    name: stack.name,
    provider: 'aliyun',
    cloudRegion: cloudRegionId(stack.region),
    template: readJson(files, pathOf(folder, stack.template)),
    tags: stack.tags,
    terminationProtection: stack.deletionProtection,
    deployedAs: {
      rollback: !stack.disableRollback,
      forbidden: [],
      isolatedGroups: stack.isolatedGroups ?? [],
      borderRouters: (stack.borderRouters ?? []).map((one) => ({ ...one })),
    },
    configurations: stack.configurations.map(({ fleet, file, bucket, manifestKey, objectKey }) => ({
      fleet,
      text: readText(files, pathOf(folder, file)),
      ...paceOf(stack, fleet),
      published: { bucket, ...(manifestKey === undefined ? {} : { manifestKey }), objectKey },
    })),
  }));
}

function paceOf({ members }: RosStackManifest, fleet: string): { maxUnavailable?: number } {
  const member = members.find((one) => one.fleet === fleet);
  return member === undefined ? {} : { maxUnavailable: member.quorum ? 1 : member.maxUnavailable };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function pathOf(folder: string, file: string): string {
  return folder === '.' ? file : `${folder}/${file}`;
}

function readText(files: EstateSource, path: string): string {
  let text: string | undefined;
  try {
    text = files.read(path);
  } catch (error) {
    throw error instanceof Unreadable ? new AssemblyError(path, error.what) : error;
  }
  if (text === undefined) throw new AssemblyError(path, 'the manifest names it, and it is not there');
  return text;
}

function readJson(files: EstateSource, path: string): JsonObject {
  const text = readText(files, path);
  try {
    return objectOf(JSON.parse(text));
  } catch {
    throw new AssemblyError(path, 'it is no JSON');
  }
}
