import { askEach } from '../../deploy/ask';
import type { MemberState, StandingStack } from '../../deploy/engine';
import { type HostReport, SILENT_AFTER } from '../../deploy/host-reports/host-reports';
import { regionReports } from '../../deploy/host-reports/region-reports';
import { enginesFor } from '../engines';
import type { Verb } from '../verb';
import { EXIT, type Output } from '../words/output';
import { type DeployTarget, deployTarget, type PlannedStack, touchedStacks, withManifests } from './deploy-target';
import { idcStatus, sayIdcStatus } from './status-idcs';

/** `meissa status <region...>`: every planned stack, how it stands, and its hosts: by the word of the cloud, and by their own. */
export const status: Verb = async (context, args) => {
  const target = deployTarget(context, args[0] as string[], undefined, { idcs: true });
  const hosts = await idcStatus(target);
  const stacks = withManifests(target, touchedStacks(target));
  const engines = await enginesFor(target.estate, new Set(stacks.map((stack) => stack.provider)));
  const states = await askEach(stacks, engines, async (engine, stack): Promise<State> => {
    const standing = await engine.read(stack);
    return { standing, members: standing === undefined ? [] : await engine.members?.(stack) };
  });
  const said = await reportsOf(target);
  // Hosts of an elastic fleet share a name: it is the instance that says it.
  const own = ({ instance }: MemberState) => (instance === undefined ? undefined : said.get(instance));
  if (context.json) {
    context.output.json({
      version: 1,
      ...(hosts.length === 0 ? {} : { hosts }),
      stacks: stacks.map((stack, at) => ({
        path: stack.path,
        name: stack.name,
        region: stack.region,
        provider: stack.provider,
        ...stateOf(states[at]!, own),
      })),
    });
    return EXIT.ok;
  }
  sayIdcStatus(context.output, hosts);
  const width = Math.max(...stacks.map((stack) => stack.path.length));
  for (const [at, stack] of stacks.entries()) {
    context.output.print(line(context.output, stack, states[at]!.standing, width));
    const { members } = states[at]!;
    if (members === undefined) context.output.print('  its hosts: these credentials may not ask the cloud for them');
    for (const member of members ?? []) context.output.print(`  ${memberLine(context.output, member, own(member))}`);
  }
  return EXIT.ok;
};

interface State {
  readonly standing: StandingStack | undefined;
  /** Undefined where nobody may ask for them. */
  readonly members: readonly MemberState[] | undefined;
}

function stateOf({ standing, members }: State, own: (member: MemberState) => HostReport | undefined) {
  if (standing === undefined) return { status: 'absent' };
  const { status, reason, changed, deletionProtection } = standing;
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(changed === undefined ? {} : { changed }),
    protected: deletionProtection,
    ...(members === undefined || members.length === 0
      ? {}
      : {
          members: members.map((member) => {
            const report = own(member);
            return report === undefined ? member : { ...member, report: { age: report.age, ...report.values } };
          }),
        }),
  };
}

function line(output: Output, { path }: PlannedStack, standing: StandingStack | undefined, width: number): string {
  if (standing === undefined) return `${path.padEnd(width)}  ${output.style('dim', 'absent')}`;
  const { status, reason, changed } = standing;
  const style = /FAILED|ROLLBACK/.test(status) ? 'red' : status.endsWith('_COMPLETE') ? 'green' : 'yellow';
  const why = style === 'red' && reason !== undefined ? `  ${reason}` : '';
  return `${path.padEnd(width)}  ${output.style(style, status)}${changed === undefined ? '' : `  ${changed}`}${why}`;
}

/** The cloud's word, then the host's own. */
function memberLine(output: Output, member: MemberState, report: HostReport | undefined): string {
  const { name, instance, state, checks, healthy } = member;
  const style = state === 'running' && (checks ?? 'ok') === 'ok' ? 'green' : state === 'running' ? 'yellow' : 'red';
  const cloud = state === undefined ? [] : [output.style(style, checks === undefined ? state : `${state}, checks ${checks}`)];
  const own = healthy === undefined ? reportWords(output, report) : askedWords(output, member);
  return [name, ...(instance === undefined ? [] : [instance]), ...cloud, ...own].join('  ');
}

/** Of a member that was asked just now. Digests as people compare them: their beginning. */
function askedWords(output: Output, { applied, described, healthy, rollDue }: MemberState): string[] {
  const runs = applied === undefined ? 'does not answer' : `runs with ${applied.slice(0, 12)}`;
  const due = rollDue ? [output.style('yellow', `restart due (${described?.slice(0, 12)})`)] : [];
  return [runs, healthy ? output.style('green', 'well') : output.style('red', 'not well'), ...due];
}

/** Of what it wrote into the region's bucket last. */
function reportWords(output: Output, report: HostReport | undefined): string[] {
  if (report === undefined) return ['has said nothing yet'];
  const { age, values } = report;
  const minutes = Math.round(age / 60_000);
  if (age > SILENT_AFTER) return [output.style('red', `silent for ${minutes} min`)];
  const runs = /^[0-9a-f]{64}$/.test(values.applied ?? '') ? [`runs with ${values.applied!.slice(0, 12)}`] : [];
  const kept = values['last-good'] === 'yes' ? [output.style('yellow', 'runs with what it had kept')] : [];
  const well =
    values.well === 'yes'
      ? output.style('green', 'well')
      : output.style('red', ['not well', values.why].filter(Boolean).join(': '));
  return [...runs, ...kept, `${well} (${minutes} min ago)`];
}

/** By instance. What can't be read is not told: a region of yesterday has none, and not everybody may read buckets. */
async function reportsOf({ plan, regions }: DeployTarget): Promise<Map<string, HostReport>> {
  const named = plan.regions.filter(({ name }) => regions.includes(name));
  const all = await Promise.all(named.map((region) => regionReports(region).catch(() => [])));
  return new Map(all.flat().map((report) => [report.instance, report]));
}
