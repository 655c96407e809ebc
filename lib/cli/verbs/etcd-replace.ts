import { setTimeout as sleep } from 'node:timers/promises';
import { EtcdError, EtcdMembership } from '../../deploy/etcd-members';
import { carryOut, planReplacement, stepWords } from '../../deploy/etcd-replace';
import { formatIpv4 } from '../../estate/addresses/cidr';
import { hostName, memberAddress } from '../../estate/addresses/member-number';
import { findMember } from '../../estate/changes/find';
import { planEstate } from '../../plan/plan';
import { enginesFor } from '../engines';
import { exclusively } from '../exclusion';
import { loadValid } from '../loading';
import { Refusal, type Verb } from '../verb';
import { EXIT } from '../words/output';

const PATIENCE_MS = 180_000;

/**
 * `meissa etcd replace <host>`: says what it would do, and does it with `--yes`. It speaks to the voters, so it runs where they can be
 * reached: on a host of the cluster, or through a tunnel given by `--endpoint`.
 */
export const etcdReplace: Verb = async (context, args, options) => {
  const host = (args[0] as string).replaceAll('/', '-');
  const { estate } = loadValid(context);
  const found = findMember(estate, host);
  if ('refused' in found) throw new Refusal(found.refused.code, found.refused.message, found.refused.fix);
  const plan = planEstate(estate, [found.region.name]).regions[0];
  const fleet = plan?.fleets.find((f) => f.cluster === found.cluster.name && f.name === found.fleet.name);
  const voters = fleet?.kind === 'members' && fleet.context.cluster.etcd?.voter === true ? fleet.members : [];
  const voter = voters.find((v) => v.number === found.number);
  if (voter === undefined) {
    throw new Refusal('ETCD_NO_VOTER', `${host} does not vote`, `name a voter of ${found.region.name}/${found.cluster.name}`);
  }
  const given = options.endpoint as string[] | undefined;
  const endpoints = given ?? voters.filter((v) => v !== voter).map((v) => `http://${v.address}:2379`);
  const cluster = new EtcdMembership(endpoints, context.fetch);
  const known = (name: string, address: string) => ({
    name: `${name}-g${found.cluster.generation}`,
    peerUrl: `http://${address}:2380`,
  });
  const lost = known(voter.name, voter.address);
  const retired = found.fleet.removed.map((n) =>
    known(
      hostName(found.region.name, found.cluster.name, found.fleet.name, n),
      formatIpv4(memberAddress(found.region, found.fleet, n)),
    ),
  );
  try {
    const planned = await planReplacement(cluster, lost, retired);
    if (planned.refused !== undefined) throw new Refusal(planned.refused.code, planned.refused.message, planned.refused.fix);
    const words = planned.steps.map(stepWords);
    if (options.yes !== true || words.length === 0) {
      for (const line of words) context.output.say(`would ${line}`);
      context.output.say(
        words.length === 0
          ? `${host} was added and has not started yet: it starts by itself`
          : 'nothing was done: say --yes to do it',
      );
      if (context.json) context.output.json({ version: 1, done: false, steps: words });
      return words.length === 0 ? EXIT.ok : EXIT.changes;
    }
    const { provider, name: region, cloudRegion } = found.region;
    const engines = await enginesFor(estate, new Set([provider]));
    const place = { provider, region, cloudRegion, name: region, path: region };
    const done = () =>
      carryOut(cluster, planned.steps, { say: context.output.say, sleep: (ms) => sleep(ms), patience: PATIENCE_MS });
    // A deploy restarts voters: not while one is missing. Where this host may not ask the cloud nothing is held. Who never was a member is
    // made by a deploy that waits for it right now, and goes on to no other voter before it is well.
    await (planned.comes ? done() : exclusively('etcd replace', { stacks: [place], engines }, done));
    context.output.say(`${host} votes again`);
    if (context.json) context.output.json({ version: 1, done: true, steps: words });
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof EtcdError)) throw error;
    throw new Refusal(
      'ETCD',
      error.message,
      'run this where the voters can be reached, or give --endpoint; asked again it goes on from where it stopped',
    );
  }
};
