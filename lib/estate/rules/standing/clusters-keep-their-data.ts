import { type Remedy, remove, set } from '../../findings/remedy';
import { TOKENS_LOCK } from '../../lock-files/tokens-lock';
import type { Cluster, Estate, Region } from '../../model/model';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** A cluster that holds data keeps its generation. Source: docs/etcd.md and docs/collection/brokers.md (each generation has its own folder and marker). */
export const clustersKeepTheirData: Rule = {
  code: 'GENERATION_RAISED',
  title: 'The generation of a cluster that holds etcd or Kafka is not raised.',
  why: 'what is in them stays in the folders of the old generation, which nobody reads any more: who asks the new one is told that nothing was ever there',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) => region.clusters.flatMap((cluster) => raised(estate, region, cluster))),
};

function raised(estate: Estate, region: Region, cluster: Cluster): Problem[] {
  const stands = standingGeneration(estate, region, cluster);
  if (stands === undefined || cluster.generation <= stands.generation) return [];
  const parts = [
    ...(cluster.etcd === undefined ? [] : ['etcd']),
    ...(cluster.kafka === undefined
      ? []
      : [`Kafka with ${cluster.kafka.topics.map(({ name }) => name).join(', ') || 'no topic'}`]),
  ];
  if (parts.length === 0) return [];
  const path = ['clusters', cluster.name, 'generation'];
  return [
    {
      file: region.file,
      path,
      message: `generation ${cluster.generation}, but generation ${stands.generation} stands: its ${parts.join(' and its ')} would form anew and stand empty`,
      write: [[...set(path, stands.generation), ...unused(estate, region, cluster, stands.generation)]],
      fix: 'one member is rebuilt by `meissa replace`',
      also: [estate.locate(stands.file, stands.path)],
      acceptable: { region, name: cluster.name },
    },
  ];
}

/** The newest generation that is known to hold data: by the members lock, and by a token whose cluster has formed. */
function standingGeneration(estate: Estate, { name }: Region, cluster: Cluster) {
  const lock = estate.locks.members.get(name);
  const pinned = lock?.members.size ? lock.standing?.clusters.get(cluster.name)?.generation : undefined;
  const known = estate.locks.tokens.tokens.flatMap((token, i) =>
    token.state === 'formed' && token.region === name && token.cluster === cluster.name
      ? [{ generation: token.generation, file: TOKENS_LOCK, path: ['tokens', i] }]
      : [],
  );
  const all =
    pinned === undefined ? known : [{ generation: pinned, file: lock!.file, path: ['clusters', cluster.name] }, ...known];
  return all.sort((a, b) => b.generation - a.generation)[0];
}

/** Tokens of newer generations, which no cluster has used: with them the generation would fall. Later ones first, so that numbers stay. */
function unused(estate: Estate, { name }: Region, cluster: Cluster, generation: number): Remedy {
  return estate.locks.tokens.tokens
    .flatMap((token, i) =>
      token.region === name && token.cluster === cluster.name && token.generation > generation
        ? remove(['tokens', i], TOKENS_LOCK)
        : [],
    )
    .reverse();
}
