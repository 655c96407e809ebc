/** What of a stack of AWS is looked at and put back beside a deploy: its drift, its hosts, what they wrote. */

import type { AwayHost } from '../../clouds/away-host';
import { DeployError, type Journal } from '../deploy-error';
import type { ApplyInput, DriftedResource, EngineStack, MemberState, OnProgress, RepairItem, StackEngine } from '../engine';
import { newRun } from '../lease/run';
import { hasHosts, type Template } from '../standing-template';
import { consoleLines } from './console';
import type { AwsClients } from './credentials';
import { detectDrift } from './drift';
import { hostDrift, hostStates, isStopped, type StackHosts, stackHosts } from './hosts';
import { refuseOtherRuns } from './other-runs';
import { repairHosts } from './repair-hosts';
import { revertDrift } from './revert-drift';
import { standingOf } from './status';
import { settled } from './wait';

export class AwsUpkeep {
  constructor(
    private readonly clients: AwsClients,
    private readonly engine: Pick<StackEngine, 'readTemplate' | 'resources'>,
  ) {}

  /** CloudFormation's word, and EC2's where the credentials may ask it: a stopped instance is no drift to CloudFormation. */
  async drift(place: EngineStack): Promise<DriftedResource[]> {
    const told = await detectDrift(await this.clients.cloudFormation(place.cloudRegion), place.name);
    const hosts = await this.hosts(place);
    return hosts === undefined ? told : [...told, ...hostDrift(hosts, told)];
  }

  async members(place: EngineStack): Promise<MemberState[] | undefined> {
    const hosts = await this.hosts(place);
    return hosts && hostStates(await this.clients.ec2(place.cloudRegion), hosts);
  }

  async awayHosts(place: EngineStack, template: Template): Promise<AwayHost[] | undefined> {
    if (!hasHosts(template)) return [];
    const hosts = await this.hosts(place, template);
    return hosts?.own.flatMap(({ name, instance }): AwayHost[] => {
      if (instance === undefined) return [{ name, state: 'gone' }];
      return isStopped(instance) ? [{ name, state: 'stopped' }] : [];
    });
  }

  async repair(
    place: EngineStack,
    items: readonly RepairItem[],
    { run = newRun('repair'), hold }: Pick<ApplyInput, 'run' | 'hold'>,
    progress: OnProgress,
  ): Promise<void> {
    const client = await this.clients.cloudFormation(place.cloudRegion);
    await refuseOtherRuns(client, place, run);
    const status = (await settled(client, place.name, progress))?.StackStatus;
    if (standingOf(status) !== 'whole')
      throw new DeployError('STACK_STUCK', `${place.path} is ${status}`, `first: meissa deploy ${place.path.split('/')[0]}`);
    const byHosts = items.filter(({ by }) => by === 'start' || by === 'attach');
    const hosts = byHosts.length === 0 ? undefined : await this.hosts(place);
    const asked = hold === undefined ? {} : { hold };
    if (hosts !== undefined)
      await repairHosts(await this.clients.ec2(place.cloudRegion), place, hosts, byHosts, { progress, ...asked });
    const drifted = items.filter(({ by }) => by === 'revert').map(({ resource }) => resource);
    if (drifted.length === 0) return;
    const { Resources = {} } = await this.template(place);
    const disableRollback = Object.values(Resources).some(({ Type }) => Type === 'AWS::CloudFormation::WaitCondition');
    await revertDrift(client, place, { run, drifted, disableRollback, ...asked }, progress);
  }

  /** What EC2 keeps of its console: of the last minutes where the type's hypervisor gives it, else of its last boot. */
  async journal(place: EngineStack, host: string): Promise<Journal | undefined> {
    const hosts = await this.hosts(place);
    const newest = [...(hosts?.launched ?? [])].sort((a, b) => Number(b.LaunchTime ?? 0) - Number(a.LaunchTime ?? 0));
    const own = hosts?.own.find(({ name }) => name === host)?.instance;
    const instance = own ?? newest.find(({ InstanceId }) => InstanceId === host) ?? newest[0];
    if (instance?.InstanceId === undefined) return undefined;
    const lines = await consoleLines(await this.clients.ec2(place.cloudRegion), instance.InstanceId);
    return lines && { host: own === undefined ? instance.InstanceId : host, lines };
  }

  /** @param known its template, where it was read already @default - it is read */
  private async hosts(place: EngineStack, known?: Template): Promise<StackHosts | undefined> {
    const [template, resources] = [known ?? (await this.template(place)), await this.engine.resources(place)];
    if (!resources.some(({ type }) => /^AWS::(EC2::Instance|AutoScaling::AutoScalingGroup)$/.test(type)))
      return { own: [], launched: [] };
    return stackHosts(await this.clients.ec2(place.cloudRegion), template, resources);
  }

  private async template(place: EngineStack): Promise<Template> {
    return (await this.engine.readTemplate(place)) ?? {};
  }
}
