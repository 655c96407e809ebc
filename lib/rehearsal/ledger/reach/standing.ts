/** The templates that are in force at a time of a deploy: those that stood, with what the steps have done to their resources so far. */
import type { EstateSource } from '../../../estate/read/source';
import { ALIYUN, type Stack, type TemplateResource } from '../../../reach/read/assembly';
import { PATH_TYPES, pathPart } from '../../../reach/read/path-part';
import { worldOf } from '../../../reach/read/read-world';
import type { World } from '../../../reach/world';
import type { Step } from '../../model';
import type { RehearsedStack } from '../../stack';

type Resources = Readonly<Record<string, TemplateResource>>;
type Parsed = Omit<Stack, 'resources'> & { readonly resources: Resources };

/** One step's effect on a template, at the moment from which packets feel it. */
export interface Turn {
  readonly at: number;
  readonly stack: string;
  readonly logicalId: string;
  /** What stands from then on. @default - nothing */
  readonly resource?: TemplateResource;
}

export class Standing {
  private readonly before: ReadonlyMap<string, Parsed>;
  private readonly after: ReadonlyMap<string, Parsed>;
  /** Resources that are in force, by path of the stack. */
  private readonly inForce: Map<string, Record<string, TemplateResource>>;

  constructor(before: readonly RehearsedStack[], after: readonly RehearsedStack[]) {
    this.before = parsedByPath(before);
    this.after = parsedByPath(after);
    this.inForce = new Map([...this.before].map(([path, { resources }]) => [path, { ...resources }]));
  }

  /** What of a deploy turns paths, in order of time. */
  turns(steps: readonly Step[]): Turn[] {
    const current = new Map<string, string>();
    return steps
      .filter(({ type, failed, act }) => PATH_TYPES.has(type) && failed === undefined && act !== 'retain' && act !== 'wait')
      .sort((a, b) => momentOf(a) - momentOf(b))
      .flatMap((step): Turn[] => {
        const { stack, logicalId, act, rollback } = step;
        const key = `${stack}/${logicalId}`;
        const base = { at: momentOf(step), stack, logicalId };
        if (act === 'delete') {
          // Of a thing that was replaced the old one goes: its place has another one already.
          const other = current.get(key);
          return other !== undefined && other !== step.before ? [] : [base];
        }
        if (step.after !== undefined) current.set(key, step.after);
        const described = (rollback === true ? this.before : this.after).get(stack)?.resources[logicalId];
        const was = this.before.get(stack)?.resources[logicalId];
        if (described === undefined) return [];
        // In place, and nothing of it decides a path.
        const same = was !== undefined && act !== 'replace' && act !== 'create' && pathPart(was) === pathPart(described);
        return same ? [] : [{ ...base, resource: described }];
      });
  }

  /** Does it. */
  turn({ stack, logicalId, resource }: Turn): void {
    let resources = this.inForce.get(stack);
    if (resources === undefined) {
      resources = {};
      this.inForce.set(stack, resources);
    }
    if (resource === undefined) delete resources[logicalId];
    else resources[logicalId] = resource;
  }

  /** @param idc holds the data centres' files */
  world(idc: EstateSource): World {
    const stacks = [...this.inForce].map(
      ([path, resources]): Stack => ({
        ...(this.after.get(path) ?? this.before.get(path)!),
        resources,
      }),
    );
    return worldOf(
      stacks.sort((a, b) => (a.path < b.path ? -1 : 1)),
      idc,
    );
  }
}

/** What is taken away is felt when it begins, what comes when it is there. */
const momentOf = ({ act, from, to }: Step): number => (act === 'delete' ? from : to);

function parsedByPath(stacks: readonly RehearsedStack[]): Map<string, Parsed> {
  return new Map(stacks.map((stack) => [stack.path, parse(stack)]));
}

function parse({ path, name, cloudRegion: region, account, provider, body, ros }: RehearsedStack): Parsed {
  const { Resources = {}, Outputs = {} } = JSON.parse(body) as { Resources?: Resources; Outputs?: Stack['outputs'] };
  const owner = provider === 'aliyun' ? ALIYUN : account;
  const base = {
    path,
    name,
    account: owner,
    region,
    prefix: `${owner}/${region}/${name}/`,
    resources: Resources,
    outputs: Outputs,
  };
  if (ros === undefined) return base;
  return {
    ...base,
    parameters: ros.parameters,
    isolatedGroups: new Set(ros.isolatedGroups),
    uncheckedInstances: new Set(ros.members.filter(({ sourceDestCheck }) => !sourceDestCheck).map(({ instance }) => instance)),
  };
}
