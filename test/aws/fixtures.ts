/** Plans and synthesized templates for the emitter's tests. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { App, type AppProps } from 'aws-cdk-lib';
import { type EmitOptions, emitEstate } from '../../lib/aws/app';
import type { TemplateFragment, TemplateResource } from '../../lib/aws/template';
import { cidr } from '../../lib/estate/addresses/cidr';
import type { AwsRegion, Region } from '../../lib/estate/model/model';
import type { UserData } from '../../lib/host-config/model';
import type { EstatePlan, FleetPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { ADSERVER, type EstateFixture, estate, region, STORAGE, VOTERS } from '../plan/estate-fixture';

export { ADSERVER, estate, members, region, STORAGE, VOTERS } from '../plan/estate-fixture';

/** User-data as the renderer would give it. */
export function userData(text: string, gzipped = false): UserData {
  const sent = gzipped ? gzipSync(text) : Buffer.from(text);
  return {
    format: 'coreos',
    text,
    base64: sent.toString('base64'),
    gzipped,
    bytes: sent.length,
    digest: createHash('sha256').update(text).digest('hex'),
    budget: [],
  };
}

/** Shell with everything that a template could mistake for its own. */
export const TEXT = '#cloud-config\nwrite_files:\n  - content: |\n      echo "${HOME}" $(id) {{x}} "Ref" \'Fn::Sub\'\n';

export const textOf = (text: string) => (_fleet: FleetPlan) => userData(text);

/** A host-gw region: its members have container ranges. */
export const HOST_GW: Partial<AwsRegion> = {
  containers: { mode: 'host-gw', block: cidr('172.16.0.0/16'), hostBits: 26, prefixesPerHost: 1, openTo: ['containers'] },
};

export const FLEETS = [ADSERVER, STORAGE, VOTERS];

export function plan(regions: readonly Region[] = [region(FLEETS)], lock?: EstateFixture['lock']): EstatePlan {
  return planEstate(estate({ regions, lock }));
}

export interface Synthesized {
  /** Bytes as CDK wrote them, by stack name. */
  readonly text: ReadonlyMap<string, string>;
  readonly app: App;
  readonly outdir: string;
}

export interface SynthOptions extends Partial<EmitOptions> {
  readonly app?: AppProps;
  /** Runs between construction and synthesis. */
  readonly before?: (app: App) => void;
}

export function synth(from: EstatePlan, { app: props, before, ...options }: SynthOptions = {}): Synthesized {
  // As the program itself has it: jest reads source maps for every stack trace that CDK keeps.
  const context = { 'aws:cdk:disable-creation-stack-traces': true, ...props?.context };
  const app = new App({ analyticsReporting: false, treeMetadata: false, ...props, context });
  emitEstate(app, from, { userDataOf: textOf(TEXT), ...options });
  before?.(app);
  const assembly = app.synth();
  const text = assembly.stacks.map((s): [string, string] => [
    s.stackName,
    readFileSync(join(assembly.directory, s.templateFile), 'utf8'),
  ]);
  return { text: new Map(text), app, outdir: assembly.directory };
}

export function template(from: Synthesized, stackName: string): Required<TemplateFragment> {
  const text = from.text.get(stackName);
  if (text === undefined) throw new Error(`no stack ${stackName}: ${[...from.text.keys()].join(', ')}`);
  return JSON.parse(text);
}

/** Every resource of every stack, by `<stack>/<logical id>`. */
export function allResources(from: Synthesized): Map<string, TemplateResource> {
  const found = new Map<string, TemplateResource>();
  for (const name of from.text.keys()) {
    for (const [id, resource] of Object.entries(template(from, name).Resources)) found.set(`${name}/${id}`, resource);
  }
  return found;
}

export function ofType(from: Required<TemplateFragment>, type: string): [string, TemplateResource][] {
  return Object.entries(from.Resources).filter(([, resource]) => resource.Type === type);
}
