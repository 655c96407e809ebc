/** What no change set does: instances are started, volumes attached again. */
import { AttachVolumeCommand, DescribeVolumesCommand, type EC2Client, StartInstancesCommand } from '@aws-sdk/client-ec2';
import { DeployError } from '../deploy-error';
import type { EngineStack, OnProgress, RepairItem } from '../engine';
import { detached, type StackHosts, type StackInstance } from './hosts';

export async function repairHosts(
  client: EC2Client,
  place: EngineStack,
  { own }: StackHosts,
  items: readonly RepairItem[],
  { progress, hold }: { readonly progress: OnProgress; readonly hold?: () => Promise<void> },
): Promise<void> {
  for (const { resource, by } of items) {
    const host = own.find(({ logicalId }) => logicalId === resource.logicalId);
    if (host?.instance === undefined) continue;
    const done = (status: string) =>
      progress({ at: new Date().toISOString(), logicalId: host.logicalId, type: resource.type, status });
    await hold?.();
    if (by === 'attach') {
      await attach(client, place, host);
      done('ATTACHED');
    } else {
      await client.send(new StartInstancesCommand({ InstanceIds: [host.physicalId] }));
      done('STARTED');
    }
  }
}

async function attach(client: EC2Client, { path }: EngineStack, host: StackInstance): Promise<void> {
  for (const { device, volumeId } of detached(host.instance!, host.volumes)) {
    const found = await client.send(new DescribeVolumesCommand({ VolumeIds: [volumeId] }));
    const holder = found.Volumes?.[0]?.Attachments?.[0]?.InstanceId;
    if (holder !== undefined)
      throw new DeployError(
        'VOLUME_ELSEWHERE',
        `${path}: ${volumeId} of ${host.name} is attached to ${holder}`,
        `see why, take it off there (aws ec2 detach-volume --volume-id ${volumeId}), then run the same command`,
      );
    await client.send(new AttachVolumeCommand({ InstanceId: host.physicalId, VolumeId: volumeId, Device: device }));
  }
}
