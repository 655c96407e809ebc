/** The whole flow without a process: files -> Estate -> plan -> templates -> the embedded cloud's engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillApp, newApp } from '../../lib/cli/estate-app';
import type { EmbeddedCloud } from '../../lib/embedded-cloud';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { Finding } from '../../lib/estate/findings/finding';
import type { Estate } from '../../lib/estate/model/model';
import { type ReadEstate, readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import type { RegionPlan } from '../../lib/plan/model';
import type { Files } from '../estate/arbitrary';
import { ROOT } from '../root';

/** A stack as it is handed to CloudFormation. */
export interface Template {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly body: string;
  readonly tags: Record<string, string>;
}

const packaged = diskSource(ROOT);

/** Reads an estate with this repository's own profiles. */
export function read(files: Files): ReadEstate {
  return readEstate(memorySource(files), { packaged, today: '2026-11-21' });
}

export function errors(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity === 'error');
}

/** Synthesizes into a folder; the stacks come in the order that they deploy. */
export function synthesize(estate: Estate, outdir: string): Template[] {
  return fillApp(newApp(outdir), estate)
    .synth()
    .stacks.map((stack) => ({
      name: stack.stackName,
      region: stack.environment.region,
      account: stack.environment.account,
      body: readFileSync(join(outdir, stack.templateFile), 'utf8'),
      tags: stack.tags,
    }));
}

/** Creates or updates stacks one after the other; returns those on which anything was done. */
export async function deploy(cloud: EmbeddedCloud, templates: readonly Template[]): Promise<string[]> {
  const touched: string[] = [];
  for (const { name, region: regionName, account, body, tags } of templates) {
    const region = cloud.region(regionName, account);
    // What `cdk bootstrap` leaves behind and every template of CDK asks for.
    region.parameters['/cdk-bootstrap/hnb659fds/version'] ??= version('/cdk-bootstrap/hnb659fds/version');
    const request = { name, body, tags, parameters: [], capabilities: ['CAPABILITY_NAMED_IAM'], disableRollback: true };
    const standing = cloud.engine.find(region, name);
    const before = standing?.events.length ?? 0;
    const stack = standing ? cloud.engine.update(region, request) : cloud.engine.create(region, request);
    await cloud.engine.settled(stack.id, SETTLE_MILLISECONDS);
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) {
      const why = stack.events.filter((e) => e.status.endsWith('_FAILED')).map((e) => `${e.logicalId}: ${e.reason}`);
      throw new Error(`${name} is ${stack.status}\n${why.join('\n')}`);
    }
    if (stack.events.slice(before).some((e) => e.logicalId !== name)) touched.push(name);
  }
  return touched;
}

const SETTLE_MILLISECONDS = 10_000;

const version = (name: string) => ({ name, type: 'String', value: '30', version: 1, modified: '2026-11-21T00:00:00Z' });

/** `name address zone` of every member that is planned, and of every one that stands. */
export function plannedMembers(region: RegionPlan): string[] {
  return region.fleets
    .flatMap((fleet) => (fleet.kind === 'members' ? fleet.members : []))
    .filter((member) => !member.absent)
    .map((member) => `${member.name} ${member.address} ${member.zone}`)
    .sort();
}

/** Account of a region's plan. */
function accountOf(region: RegionPlan): string {
  return region.provider === 'aws' ? region.aws.account : region.aliyun.account;
}

export function standingMembers(cloud: EmbeddedCloud, region: RegionPlan): string[] {
  return cloud
    .inventory(region.name, accountOf(region))
    .hosts.filter((host) => host.group === undefined && host.state === 'running')
    .map((host) => `${host.name} ${host.privateIp} ${host.zone}`)
    .sort();
}

/** What must not change on a host that nobody meant: by instance. */
export function footings(cloud: EmbeddedCloud, region: RegionPlan): string[] {
  return cloud
    .inventory(region.name, accountOf(region))
    .hosts.map((h) => `${h.name} ${h.instanceId} ${h.privateIp} ${h.starts} ${h.volumes.map((v) => v.id).join(' ')}`);
}
