/** CloudFormation and CDK's provider framework as far as a handler sees them: asks, waits, and rolls back. In process. */
import type { Begun, StackEventRequest } from '../../../lib/aliyun/cdk/handler/events';
import { isComplete, onEvent } from '../../../lib/aliyun/cdk/handler/handler';
import type { Surroundings } from '../../../lib/aliyun/cdk/handler/session';
import type { RosStackProperties } from '../../../lib/aliyun/cdk/properties';

/** How an operation of CloudFormation ended. */
export interface Ended {
  readonly status: string;
  /** What CloudFormation would show. */
  readonly reason?: string;
  readonly data?: Readonly<Record<string, string>>;
  /** How often it was asked whether it is complete. */
  readonly asked: number;
}

/** One custom resource. */
export class Resource {
  physicalId: string | undefined;
  private properties: RosStackProperties | undefined;

  constructor(
    private readonly surroundings: Surroundings,
    /** Questions until the framework's time-out. */
    private readonly patience = 400,
  ) {}

  async create(properties: RosStackProperties): Promise<Ended> {
    const made = await this.operation({ RequestType: 'Create', ResourceProperties: properties });
    if (made.status === 'SUCCESS') {
      this.properties = properties;
      return { ...made, status: 'CREATE_COMPLETE' };
    }
    // The framework marks what failed before it had an id, and ignores its Delete.
    if (this.physicalId === undefined) return { ...made, status: 'ROLLBACK_COMPLETE' };
    const undone = await this.delete(properties);
    return { ...made, status: undone.status === 'DELETE_COMPLETE' ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED' };
  }

  async update(properties: RosStackProperties): Promise<Ended> {
    const [old, oldId] = [this.properties!, this.physicalId!];
    const made = await this.operation({ RequestType: 'Update', PhysicalResourceId: oldId, ResourceProperties: properties });
    if (made.status === 'SUCCESS') {
      this.properties = properties;
      // CloudFormation cleans up after a replacement.
      if (this.physicalId !== oldId) await this.cleanUp(oldId, old);
      return { ...made, status: 'UPDATE_COMPLETE' };
    }
    const undone = await this.operation({
      RequestType: 'Update',
      PhysicalResourceId: this.physicalId!,
      ResourceProperties: old,
    });
    return { ...made, status: undone.status === 'SUCCESS' ? 'UPDATE_ROLLBACK_COMPLETE' : `UPDATE_ROLLBACK_FAILED` };
  }

  async delete(properties = this.properties!): Promise<Ended> {
    const made = await this.operation({
      RequestType: 'Delete',
      PhysicalResourceId: this.physicalId!,
      ResourceProperties: properties,
    });
    return { ...made, status: made.status === 'SUCCESS' ? 'DELETE_COMPLETE' : 'DELETE_FAILED' };
  }

  private async cleanUp(physicalId: string, properties: RosStackProperties): Promise<void> {
    const now = this.physicalId;
    await this.operation({ RequestType: 'Delete', PhysicalResourceId: physicalId, ResourceProperties: properties });
    this.physicalId = now;
  }

  private async operation(request: StackEventRequest): Promise<Ended> {
    let asked = 0;
    try {
      const begun: Begun = overTheWire(await onEvent(overTheWire(request), this.surroundings));
      this.physicalId = begun.PhysicalResourceId;
      for (; asked < this.patience; asked++) {
        const { IsComplete, Data } = await isComplete(overTheWire({ ...request, ...begun }), this.surroundings);
        if (IsComplete) return { status: 'SUCCESS', asked, ...(Data === undefined ? {} : { data: overTheWire(Data) }) };
        if (Data !== undefined) throw new Error('"Data" is not allowed if "IsComplete" is "False"');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return { status: 'FAILED', reason: 'Operation timed out', asked };
    } catch (error) {
      return { status: 'FAILED', reason: (error as Error).message, asked };
    }
  }
}

/** Lambda takes and gives JSON. */
const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
