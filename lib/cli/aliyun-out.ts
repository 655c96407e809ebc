/** `aliyun.out/`: ROS templates, configurations of members and the manifest, written beside cdk.out. */
import { assemblyFiles, type EmittedAssembly, emitAliyun, lintAssembly } from '../aliyun/app';
import type { Finding } from '../estate/findings/finding';
import type { Estate } from '../estate/model/model';
import { refuseUserData, userDataOf } from '../host-config/fleet-user-data';
import { planEstate } from '../plan/plan';
import { refuseSecrets } from './secret-door';

export interface AliyunOutOptions {
  /** @default - all */
  readonly regions?: readonly string[];
  /** Links to emit, by path. @default - all; none where regions are selected */
  readonly links?: readonly string[];
  /** As for AWS. @default false */
  readonly selected?: boolean;
}

export interface AliyunOut {
  readonly assembly: EmittedAssembly;
  /** Warnings of the linter, such as a stack that is larger than advised. */
  readonly warnings: readonly Finding[];
}

/** Undefined where the selection holds nothing of Aliyun. Throws all findings that user-data or templates have. */
export function aliyunOut(estate: Estate, options: AliyunOutOptions = {}): AliyunOut | undefined {
  const { regions, links, selected = false } = options;
  const plan = planEstate(estate, links === undefined ? regions : undefined);
  refuseUserData(estate, plan, selected ? regions : undefined);
  const assembly = emitAliyun(plan, {
    userDataOf: userDataOf(estate),
    ...(regions === undefined ? {} : { regions }),
    ...(links === undefined ? {} : { links }),
  });
  if (assembly.manifest.stacks.length === 0) return undefined;
  if (estate.past !== true) refuseSecrets(assemblyFiles(assembly), 'aliyun.out');
  return { assembly, warnings: lintAssembly(assembly) };
}

export { assemblyFiles };
