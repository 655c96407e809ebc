/** From a valid estate to CDK stacks: shared by `meissa synth` and the app that the CDK CLI runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, App, Stack } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { emitEstate } from '../aws/app';
import { templateFindings } from '../aws/template-check';
import { takeBack } from '../disk/take-back';
import { allOf, attempt } from '../estate/findings/attempt';
import { type Finding, FindingsError } from '../estate/findings/finding';
import type { Estate } from '../estate/model/model';
import { refuseUserData, userDataOf } from '../host-config/fleet-user-data';
import { linkPath } from '../plan/links/links';
import { planEstate } from '../plan/plan';
import { unknown } from './loading';
import { refuseSecrets } from './secret-door';
import { Refusal } from './verb';

export interface EstateAppOptions {
  /** Where to write. @default - what the CDK CLI asks for */
  readonly outdir?: string;
  /** Select before constructing: one region of ten costs a tenth. @default - all */
  readonly regions?: readonly string[];
  /** Links to construct, by path: `sa-east-1--us-east-1`. @default - all; none where regions are selected */
  readonly links?: readonly string[];
  /** Emit members as CDK L1 constructs. @default false */
  readonly expand?: boolean;
  /** Ask the user-data of the selected regions alone, where others are planned too: nothing is deployed. @default false */
  readonly selected?: boolean;
  /**
   * Asks CloudFormation Validate of the templates: what it calls an error is thrown as findings, what it warns of is handed here.
   *
   * @default - it is not asked
   */
  readonly check?: (warnings: readonly Finding[]) => void;
}

/** An app that asks no network and writes no tree: it is synthesized by who made it, once. */
export function newApp(outdir?: string): App {
  return new App({
    analyticsReporting: false,
    treeMetadata: false,
    autoSynth: false,
    context: {
      // What a plugin that somebody adds calls an error is one; CDK's own is asked by `check` alone.
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      // Where in this program a resource was made says nothing of who described it, and is asked of every one; CDK_DEBUG=1 tells it all the same.
      'aws:cdk:disable-creation-stack-traces': true,
    },
    builtinCloudFormationValidation: false,
    ...(outdir === undefined ? {} : { outdir }),
  });
}

/** Adds the estate's stacks to an app; throws all findings that user-data has. */
export function fillApp(app: App, estate: Estate, options: Omit<EstateAppOptions, 'outdir' | 'check'> = {}): App {
  // A link that is asked for may join places that are not; regions that were read as outlines cost nothing to plan.
  const plan = planEstate(estate, options.links === undefined ? options.regions : undefined);
  const { regions, links, expand = false, selected = false } = options;
  refuseUserData(estate, plan, selected ? regions : undefined);
  emitEstate(app, plan, { userDataOf: userDataOf(estate), regions, links, expand });
  return app;
}

/** Throws with the nearest path when no link of the estate has this one. */
export function findLink(estate: Estate, path: string): void {
  const known = [...new Set(estate.links.map(linkPath))];
  if (!known.includes(path)) throw unknown('link', path, known);
}

/** Synthesizes an app that was filled; throws what CDK refuses as findings. What would hold a secret doesn't stay on the disk: no engine gets it. */
export function synthApp(app: App, estate: Estate): CloudAssembly {
  const [made] = allOf([attempt('regions', 'the templates', () => app.synth())]);
  const assembly = made!;
  if (estate.past === true) return assembly;
  const names = ['manifest.json', ...assembly.stacks.map((stack) => stack.templateFile)];
  const files = new Map(names.map((name) => [name, readFileSync(join(assembly.directory, name), 'utf8')]));
  try {
    refuseSecrets(files, 'cdk.out');
  } catch (error) {
    takeBack(assembly.directory, names);
    throw error;
  }
  return assembly;
}

/** Synthesizes, checks where it is asked to, and returns the construct paths of the stacks, in the order that they deploy. */
export function synthEstate(estate: Estate, options: EstateAppOptions): string[] {
  const assembly = synthApp(fillApp(newApp(options.outdir), estate, options), estate);
  if (options.check !== undefined) refuseTemplates(assembly, options.check);
  return assembly.stacks.map((s) => s.hierarchicalId);
}

/**
 * Asks CloudFormation Validate of templates that were written.
 *
 * @param check hears what it warns of
 * @throws FindingsError for what it calls an error
 */
export function refuseTemplates(assembly: Pick<CloudAssembly, 'stacks'>, check: NonNullable<EstateAppOptions['check']>): void {
  const findings = templateFindings(assembly);
  if (findings.some(({ severity }) => severity === 'error')) throw new FindingsError(findings);
  check(findings);
}

/**
 * An image that will soon be unpublished is a warning while one writes, and stops a deploy to a real account: the stacks of elastic
 * fleets carry an error, which the CDK CLI refuses to deploy (`--ignore-errors` still shows a diff). Templates are not touched.
 */
export function refuseOldImages(app: App, estate: Estate, findings: readonly Finding[]): void {
  const old = oldImage(findings);
  if (old === undefined) return;
  for (const [region, id] of elasticStacks(estate)) {
    const stack = app.node.tryFindChild(region)?.node.tryFindChild(id);
    if (Stack.isStack(stack)) Annotations.of(stack).addError(`${old.code}: ${old.message}; ${old.why}. ${old.fix}`);
  }
}

/**
 * The same for a deploy of our own: refused before anything is touched.
 *
 * @param regions that are deployed
 */
export function refuseOldImagesNow(estate: Estate, findings: readonly Finding[], regions: readonly string[]): void {
  const old = oldImage(findings);
  if (old === undefined || !elasticStacks(estate).some(([region]) => regions.includes(region))) return;
  throw new Refusal(old.code, `${old.message}; ${old.why}`, old.fix);
}

function oldImage(findings: readonly Finding[]): Finding | undefined {
  return isLoopback(process.env.AWS_ENDPOINT_URL) ? undefined : findings.find((f) => f.code === 'IMAGE_OLD');
}

/** Region and id of stacks whose hosts come from a published image: an own copy doesn't disappear. */
function elasticStacks(estate: Estate): [region: string, id: string][] {
  return estate.regions
    .filter((region) => !Object.hasOwn(estate.locks.images.copies, region.cloudRegion))
    .flatMap((region) =>
      region.clusters.flatMap((cluster) =>
        cluster.fleets
          .filter((f) => f.kind === 'elastic')
          .map((fleet): [string, string] => [region.name, `${cluster.name}-${fleet.name}`]),
      ),
    );
}

/** An emulator on this machine is no real account. */
function isLoopback(url: string | undefined): boolean {
  return url !== undefined && /^https?:\/\/(?:127\.|localhost[:/]|\[::1\])/.test(url);
}
