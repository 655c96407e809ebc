/** What our emitters write for an estate, in memory: the files, and the stacks as a rehearsal deploys them. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { idcFiles } from '../../lib/cli/idc-out';
import { loadValid } from '../../lib/cli/loading';
import { rehearsedStacks } from '../../lib/cli/rehearsed-stacks';
import type { VerbContext } from '../../lib/cli/verb';
import { withEmitted } from '../../lib/cli/verbs/deploy-emission';
import { deployTarget } from '../../lib/cli/verbs/deploy-target';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { Estate } from '../../lib/estate/model/model';
import type { EstatePlan } from '../../lib/plan/model';
import type { RehearsedStack } from '../../lib/rehearsal/stack';

export interface Emission {
  readonly estate: Estate;
  readonly plan: EstatePlan;
  /** Text by path: `cdk.out/...`, `aliyun.out/...`, `idc.out/...`. */
  readonly files: Readonly<Record<string, string>>;
  readonly stacks: readonly RehearsedStack[];
}

const silent = { say: () => undefined, print: () => undefined, json: () => undefined, style: (_: string, text: string) => text };

/** What a verb gets that nobody listens to. */
export function contextOf(root: string): VerbContext {
  return { root, json: false, output: silent } as unknown as VerbContext;
}

/**
 * @param regions with the links among them. @default - the whole estate
 * @throws FindingsError when the estate is not valid
 */
export async function emit(root: string, regions: readonly string[] | 'all' = 'all'): Promise<Emission> {
  const context = contextOf(root);
  const target = deployTarget(context, regions);
  const { estate } = loadValid(context);
  return withEmitted(target, target.links, async (stacks, folder) => {
    const files: Record<string, string> = {};
    const written = diskSource(folder);
    for (const out of ['cdk.out', 'aliyun.out'].filter((one) => existsSync(`${folder}/${one}`))) {
      const names = readdirSync(`${folder}/${out}`, { recursive: true, encoding: 'utf8' });
      for (const name of names.filter((one) => isKept(one) && statSync(`${folder}/${out}/${one}`).isFile()))
        files[`${out}/${name}`] = written.read(`${out}/${name}`)!;
    }
    if (regions === 'all') for (const [path, text] of idcFiles(estate)) files[`idc.out/${path}`] = text;
    return { estate, plan: target.plan, files, stacks: rehearsedStacks(stacks, estate) };
  });
}

/** Not what the CDK CLI alone reads: trees of constructs, lists of assets. */
function isKept(path: string): boolean {
  return !/(^|\/)(tree|[^/]*\.assets)\.json$|(^|\/)(cdk\.out|\.[^/]*)$/.test(path);
}

/** Where a stack's template stands among the files. */
export function templateFile({ files }: Pick<Emission, 'files'>, stack: RehearsedStack): string {
  const out = stack.provider === 'aws' ? 'cdk.out' : 'aliyun.out';
  const found = Object.keys(files).find((path) => path.startsWith(out) && stack.template.endsWith(path.slice(out.length)));
  if (found === undefined) throw new Error(`no file ${basename(stack.template)}`);
  return found;
}
