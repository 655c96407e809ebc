import { userDataLimit } from '../../host-config/budget';
import { userDataOf } from '../../host-config/fleet-user-data';
import { planEstate } from '../../plan/plan';
import { findRegion, loadValid, parseTarget, sayWarnings, unknown } from '../loading';
import { Refusal, type Verb } from '../verb';
import { EXIT } from '../words/output';

/** `meissa user-data <region>/<cluster>/<fleet>[/<number>]`. All hosts of a fleet get the same text; a number is checked to exist. */
export const userData: Verb = (context, args, options) => {
  const [regionName, clusterName, fleetName, number] = parseTarget(args[0] as string, 3, 4);
  const { estate, warnings } = loadValid(context, [regionName!]);
  const region = findRegion(estate, regionName!);
  const plan = planEstate(estate, [region.name]).regions[0];
  const fleets = plan?.fleets ?? [];
  const inCluster = fleets.filter((f) => f.cluster === clusterName);
  if (inCluster.length === 0) throw unknown('cluster', clusterName!, [...new Set(fleets.map((f) => f.cluster))]);
  const fleet = inCluster.find((f) => f.name === fleetName);
  if (fleet === undefined)
    throw unknown(
      'fleet',
      fleetName!,
      inCluster.map((f) => f.name),
    );
  if (number !== undefined) checkMember(number, fleet.kind === 'members' ? fleet.members.map((m) => m.number) : []);
  const rendered = userDataOf(estate)(fleet);
  sayWarnings(warnings, context);
  if (context.json) {
    context.output.json({ version: 1, target: args[0], ...rendered });
    return EXIT.ok;
  }
  const sum = `of ${userDataLimit(fleet.context)} bytes${rendered.gzipped ? ' (gzipped)' : ''}`;
  if (options.budget === true) {
    const width = String(rendered.bytes).length + 1;
    for (const line of rendered.budget) context.output.print(`${String(line.bytes).padStart(width)}  ${line.section}`);
    context.output.print(`${String(rendered.bytes).padStart(width)}  ${sum}`);
    return EXIT.ok;
  }
  context.output.data(rendered.text);
  context.output.say(`${rendered.bytes} ${sum}, ${rendered.format}`);
  return EXIT.ok;
};

function checkMember(number: string, numbers: readonly number[]): void {
  if (!numbers.map(String).includes(number)) {
    const have = numbers.length === 0 ? 'an elastic fleet has no numbers: leave it out' : `one of 1 to ${numbers.at(-1)}`;
    throw new Refusal('MEMBER_UNKNOWN', `the fleet has no member ${number}`, have);
  }
}
