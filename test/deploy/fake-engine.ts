/** A stack engine in memory: what was asked of it, in order, and faults that a test plants. */

import type { AwayHost } from '../../lib/clouds/away-host';
import type { DeployListener, StackOutcome } from '../../lib/deploy/deploy';
import { DeployError } from '../../lib/deploy/deploy-error';
import type {
  Applied,
  ApplyInput,
  DeployStack,
  DriftedResource,
  RepairPlan,
  StackEngine,
  StackPlace,
  StackPreview,
  StandingResource,
  StandingStack,
} from '../../lib/deploy/engine';
import { cloudRegionId } from '../../lib/facts/region';

export const stack = (path: string, dependsOn: readonly string[] = [], more: Partial<DeployStack> = {}): DeployStack => ({
  provider: 'aws',
  path,
  name: path.replaceAll('/', '-'),
  region: path.split('/')[0]!,
  cloudRegion: cloudRegionId(path.split('/')[0]!),
  template: '/nowhere',
  dependsOn,
  tags: {},
  holdsData: false,
  disableRollback: false,
  parameters: {},
  exclusive: [],
  ...more,
});

export class FakeEngine implements StackEngine {
  readonly standing = new Map<string, StandingStack>();
  readonly applied: { path: string; input: ApplyInput }[] = [];
  readonly destroyed: string[] = [];
  readonly reads: string[] = [];
  /** By path: what `apply` throws. */
  readonly faults = new Map<string, Error>();
  /** Outputs that a stack has once it was applied, by path. */
  readonly outputs = new Map<string, Record<string, string>>();
  /** Of every stack; undefined: nobody may ask. */
  away: readonly AwayHost[] | undefined = [];

  constructor(readonly provider: 'aws' | 'aliyun' = 'aws') {}

  async read({ path }: StackPlace): Promise<StandingStack | undefined> {
    this.reads.push(path);
    return this.standing.get(path);
  }

  async list(region: string): Promise<readonly string[] | undefined> {
    return [...this.standing.keys()].filter((path) => path.startsWith(`${region}/`)).map((path) => path.replaceAll('/', '-'));
  }

  async readTemplate(): Promise<Record<string, unknown> | undefined> {
    return { Resources: { Bucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' }, Topic: { Type: 'AWS::SNS::Topic' } } };
  }

  async preview({ path }: DeployStack): Promise<StackPreview> {
    return this.standing.has(path) ? { action: 'none', because: [] } : { action: 'create', because: ['new'] };
  }

  async apply({ path }: DeployStack, input: ApplyInput): Promise<Applied> {
    await new Promise((resolve) => setImmediate(resolve));
    this.applied.push({ path, input });
    const fault = this.faults.get(path);
    if (fault !== undefined) throw fault;
    const outcome = this.standing.has(path) ? 'updated' : 'created';
    this.stand(path, this.outputs.get(path));
    return { outcome, warnings: [] };
  }

  async destroy({ path }: StackPlace): Promise<boolean> {
    this.destroyed.push(path);
    return this.standing.delete(path);
  }

  async drift(): Promise<readonly DriftedResource[]> {
    return [];
  }

  async awayHosts(): Promise<readonly AwayHost[] | undefined> {
    return this.away;
  }

  async planRepair(): Promise<RepairPlan> {
    return { items: [], left: [], down: [] };
  }

  async repair(): Promise<void> {}

  async resources(): Promise<readonly StandingResource[]> {
    return [
      { logicalId: 'Bucket', physicalId: 'bucket-1', type: 'AWS::S3::Bucket', status: 'CREATE_COMPLETE' },
      { logicalId: 'Topic', physicalId: 'topic-1', type: 'AWS::SNS::Topic', status: 'CREATE_COMPLETE' },
    ];
  }

  explain(error: unknown, { path }: StackPlace): DeployError {
    return error instanceof DeployError ? error : new DeployError('FAKE', `${path}: ${(error as Error).message}`, 'mend it');
  }

  stand(path: string, outputs: Record<string, string> = {}): void {
    this.standing.set(path, { status: 'CREATE_COMPLETE', outputs, parameters: {}, tags: {}, deletionProtection: false });
  }
}

export class Heard implements DeployListener {
  readonly lines: string[] = [];

  started({ path }: StackPlace): void {
    this.lines.push(`> ${path}`);
  }

  progress(): void {}

  finished({ path }: StackPlace, { outcome }: StackOutcome): void {
    this.lines.push(`${path} ${outcome}`);
  }
}
