/** From a plan to ROS templates and the manifest that says how they deploy. */
import { allOf, attempt } from '../estate/findings/attempt';
import { type Finding, FindingsError, sortFindings } from '../estate/findings/finding';
import type { UserData } from '../host-config/model';
import type { AliyunRegionPlan, EstatePlan, FleetPlan } from '../plan/model';
import type { RosAssembly } from './assembly';
import type { EmittedStack } from './emitted';
import { linkStacks } from './links/link-stacks';
import { type ConfigurationTexts, regionStacks } from './region-stacks';
import { lintTemplate, type RosTemplate, templateText } from './ros';

export interface EmitOptions {
  /** User-data of a fleet; memoized by who gives it. */
  readonly userDataOf: (fleet: FleetPlan) => UserData;
  /** Regions to emit; names of other clouds' regions are passed over. @default - all regions of the plan */
  readonly regions?: readonly string[];
  /** Links to emit, by path. @default 'all'; 'none' where `regions` are selected */
  readonly links?: 'all' | 'none' | readonly string[];
}

/** Everything that is written: pure. */
export interface EmittedAssembly {
  readonly manifest: RosAssembly;
  /** By construct path, in the order that they deploy. */
  readonly templates: ReadonlyMap<string, RosTemplate>;
  /** Configurations of members by file name. */
  readonly configurations: ReadonlyMap<string, string>;
}

/**
 * The stacks of an estate's Aliyun regions and of the links between them and to data centres. The same bytes for a region, with the
 * others and without.
 */
export function emitAliyun(plan: EstatePlan, options: EmitOptions): EmittedAssembly {
  const { regions, userDataOf } = options;
  const texts: ConfigurationTexts = new Map();
  const regionsMade = plan.regions
    .filter((region): region is AliyunRegionPlan => region.provider === 'aliyun')
    .filter((region) => regions === undefined || regions.includes(region.name))
    .map((region) =>
      attempt(`regions/${region.name}.yaml`, `the stacks of ${region.name}`, () =>
        regionStacks({ region, estate: plan.estate, links: plan.links, userDataOf }, texts),
      ),
    );
  const stacks = allOf(regionsMade).flat();
  const links = options.links ?? (regions === undefined ? 'all' : 'none');
  const wanted = plan.links.filter(
    (link) => link.cloud === 'aliyun' && links !== 'none' && (links === 'all' || links.includes(link.path)),
  );
  stacks.push(...allOf([attempt('regions/estate.yaml', 'the stacks of links', () => linkStacks(wanted, plan))]).flat());
  return {
    manifest: { version: 1, stacks: stacks.map(({ manifest }) => manifest) },
    templates: new Map(stacks.map((stack) => [stack.manifest.path, stack.template])),
    configurations: texts,
  };
}

/** Throws all findings that ROS's schema and limits have in the templates: a mistake of the emitters, or a stack that is too large. */
export function lintAssembly({ manifest, templates }: EmittedAssembly): Finding[] {
  const findings = manifest.stacks.flatMap(({ path, template: file }) => lintTemplate(templates.get(path)!, undefined, file));
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) throw new FindingsError(sortFindings(errors));
  return sortFindings(findings);
}

/** Text of a stack's template. */
export function emittedText({ templates }: EmittedAssembly, path: string): string {
  return templateText(templates.get(path)!);
}

/** Files of an assembly by name: templates, configurations, the manifest last. */
export function assemblyFiles({ manifest, templates, configurations }: EmittedAssembly): Map<string, string> {
  const files = new Map<string, string>();
  for (const { path, template } of manifest.stacks) files.set(template, templateText(templates.get(path)!));
  for (const [file, text] of configurations) files.set(file, text);
  files.set('manifest.json', `${JSON.stringify(manifest, undefined, 1)}\n`);
  return files;
}

export type { EmittedStack };
