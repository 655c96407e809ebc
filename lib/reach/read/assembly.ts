/** The stacks of a cloud assembly: its manifest and their templates, as they were written. */
import { Unreadable } from '../../disk/unreadable';
import type { EstateSource } from '../../estate/read/source';
import type { WorldFault } from '../world';

/** What stands for the account in ids of Aliyun's stacks: their manifest names none. */
export const ALIYUN = 'aliyun';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** An output of another stack, which somebody reads at deploy and gives as a parameter. */
export interface ParameterSource {
  readonly provider: 'aws' | 'aliyun';
  /** The engine's name of the stack. */
  readonly stack: string;
  readonly region: string;
  readonly output: string;
}

export interface Stack {
  /** Construct path: `sa-east-1/network`. */
  readonly path: string;
  /** CloudFormation's name: `sa-east-1-network`. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** `<account>/<region>/<name>/`: begins every global id of the stack. */
  readonly prefix: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs: Readonly<Record<string, { readonly Value?: unknown; readonly Export?: { readonly Name?: unknown } }>>;
  /** @default - none */
  readonly mappings?: Mappings;
  /** Aliyun: texts that hosts of a fleet fetch at every boot, by what their names begin with. @default - none */
  readonly configurations?: ReadonlyMap<string, string>;
  /** What the parameters of the template are. @default - it has none */
  readonly parameters?: Readonly<Record<string, ParameterSource>>;
  /** Logical ids of instances whose source/destination check is switched off once the stack stands. @default - none */
  readonly uncheckedInstances?: ReadonlySet<string>;
  /** Aliyun: logical ids of security groups whose hosts reach each other by rule only. */
  readonly isolatedGroups?: ReadonlySet<string>;
}

export type Mappings = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
}

/**
 * Stacks sorted by path. Nested assemblies (stages) are not read: the emitters make none.
 *
 * @param folder of the assembly inside the source, usually `cdk.out`
 */
export function readAssembly(files: EstateSource, folder: string, faults: WorldFault[]): Stack[] {
  const manifest = parse(files, `${folder}/manifest.json`, faults) as { artifacts?: Record<string, Artifact> } | undefined;
  const stacks: Stack[] = [];
  for (const [id, artifact] of Object.entries(manifest?.artifacts ?? {})) {
    if (artifact.type !== 'aws:cloudformation:stack') continue;
    const path = artifact.displayName ?? id;
    const environment = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(artifact.environment ?? '');
    const template = parse(files, `${folder}/${artifact.properties?.templateFile ?? ''}`, faults) as
      | Partial<TemplateText>
      | undefined;
    if (environment === null || template === undefined) {
      if (environment === null)
        faults.push({ where: path, what: id, message: 'the manifest does not say its account and region' });
      continue;
    }
    const name = artifact.properties?.stackName ?? id;
    const account = environment[1]!;
    const region = environment[2]!;
    stacks.push({
      path,
      name,
      account,
      region,
      prefix: `${account}/${region}/${name}/`,
      resources: template.Resources ?? {},
      outputs: template.Outputs ?? {},
      mappings: template.Mappings ?? {},
    });
  }
  return stacks.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface TemplateText {
  readonly Resources: Stack['resources'];
  readonly Outputs: Stack['outputs'];
  readonly Mappings: Mappings;
}

/** A file that is named by another: that it is not there, or can't be read, is a fault. */
export function readFile(files: EstateSource, path: string, faults: WorldFault[]): string | undefined {
  const fault = (message: string): undefined => void faults.push({ where: path, what: 'file', message });
  try {
    return files.read(path) ?? fault('there is no such file');
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return fault(error.what);
  }
}

export function parse(files: EstateSource, path: string, faults: WorldFault[]): unknown {
  const text = readFile(files, path, faults);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    faults.push({ where: path, what: 'file', message: `it is no JSON: ${(error as Error).message}` });
    return undefined;
  }
}
