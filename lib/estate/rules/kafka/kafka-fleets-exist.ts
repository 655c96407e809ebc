import type { Advice } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { add, type Remedy, remove, set } from '../../findings/remedy';
import type { Fleet } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { type CollectionPlace, collections, fleetNamed } from './collections';

type Role = 'brokers' | 'controllers';

/** Brokers and controllers are members fleets with the quorum and the profiles of their part. Source: the design of this toolkit; Apache Kafka, "KRaft" (Process Roles). */
export const kafkaFleetsExist: Rule = {
  code: 'KAFKA_FLEETS',
  title: 'A collection names its brokers and controllers: members fleets with the quorum and the profiles of their part.',
  why: 'brokers and controllers have ids, addresses and disks of their own, and restart one at a time behind a gate',
  check: (estate) =>
    collections(estate).flatMap((place): Problem[] => [
      ...controllersOf(place),
      ...roles(place).flatMap((role) => wrongFleet(place, role)),
      // A name that is no fleet is the one cause: the fleet that was meant isn't told of once more.
      ...(roles(place).every((role) => fleetNamed(place.cluster, place.kafka[role]) !== undefined) &&
      controllersOf(place).length === 0
        ? unnamed(place)
        : []),
    ]),
};

/** Controllers are named where they are apart, and only there. */
function controllersOf({ region, cluster, kafka, path }: CollectionPlace): Problem[] {
  const at = { file: region.file, path };
  if (kafka.size === 'small') return [];
  const own = cluster.fleets.find((f) => f.kind === 'members' && f.name !== kafka.brokers && f.quorum === 'kraft')?.name;
  const named: Advice =
    own === undefined
      ? { fix: 'describe a fleet of controllers with `quorum: kraft`, `count: 3` and the profile kafka-controller, and name it' }
      : { write: [set([...path, 'controllers'], own)] };
  if (kafka.controllers === '')
    return [
      {
        ...at,
        message: 'no fleet of controllers is named',
        ...named,
      },
    ];
  if (kafka.controllers !== kafka.brokers) return [];
  return [
    {
      ...at,
      path: [...path, 'controllers'],
      message: `${kafka.brokers} is named as brokers and as controllers`,
      ...named,
    },
  ];
}

function roles({ kafka }: CollectionPlace): Role[] {
  const apart = kafka.size === 'standard' && kafka.controllers !== '' && kafka.controllers !== kafka.brokers;
  return apart ? ['brokers', 'controllers'] : ['brokers'];
}

/** What of a fleet isn't as its part wants it; the first thing only. */
function wrongFleet({ region, cluster, kafka, path }: CollectionPlace, role: Role): Problem[] {
  const { quorum, profiles } = wanted(kafka.size, role);
  const name = kafka[role];
  const fleet = fleetNamed(cluster, name);
  const described = `\`kind: members\`, \`quorum: ${quorum}\` and the profiles ${profiles.join(' and ')}`;
  if (fleet === undefined) {
    const like = cluster.fleets.filter((f) => f.kind === 'members' && f.quorum === quorum).map((f) => f.name);
    const near = nearest(name, like) ?? like[0];
    const at = [...path, role];
    const advice: Advice = {
      ...(near !== undefined && { write: [set(at, near)] }),
      fix: `or describe ${name} with ${described}`,
    };
    return [{ file: region.file, path: at, message: `the cluster has no fleet "${name}"`, ...advice }];
  }
  const at = { file: region.file, path: ['clusters', cluster.name, 'fleets', name] };
  if (fleet.kind === 'elastic')
    return [
      {
        ...at,
        path: [...at.path, 'kind'],
        message: `${role} stand on "${name}", which is elastic: a scaling group would delete their disks`,
        fix: `describe ${name} with ${described}`,
      },
    ];
  if (fleet.quorum !== quorum) {
    const message = `the ${role} of a ${kafka.size} collection are \`quorum: ${quorum}\`, not ${fleet.quorum ?? 'none'}`;
    return [{ ...at, path: [...at.path, 'quorum'], message, write: [set([...at.path, 'quorum'], quorum)] }];
  }
  const missing = profiles.filter((profile) => !fleet.profiles.includes(profile));
  const foreign = ['kafka-broker', 'kafka-controller'].filter((p) => fleet.profiles.includes(p) && !profiles.includes(p));
  if (missing.length === 0 && foreign.length === 0) return [];
  const message =
    missing.length > 0
      ? `"${name}" doesn't run the profile ${missing.join(', ')}`
      : `"${name}" runs the profile ${foreign[0]} too`;
  const list = [...at.path, 'profiles'];
  const remedy =
    missing.length > 0
      ? missing.flatMap((profile) => add(list, profile))
      : remove([...list, fleet.profiles.indexOf(foreign[0]!)]);
  return [{ ...at, path: list, message, write: [remedy] }];
}

function wanted(size: 'standard' | 'small', role: Role) {
  if (size === 'small') return { quorum: 'kraft', profiles: ['kafka-controller', 'kafka-broker'] };
  return role === 'brokers'
    ? { quorum: 'replicas', profiles: ['kafka-broker'] }
    : { quorum: 'kraft', profiles: ['kafka-controller'] };
}

/** Fleets that run a part of Kafka, or have its quorum, and that the collection doesn't name. */
function unnamed({ region, cluster, kafka }: CollectionPlace): Problem[] {
  return cluster.fleets
    .filter((fleet) => fleet.name !== kafka.brokers && fleet.name !== kafka.controllers && isKafka(fleet))
    .map((fleet) => ({
      file: region.file,
      path: ['clusters', cluster.name, 'fleets', fleet.name],
      message: `"${fleet.name}" is a fleet of Kafka that the collection doesn't name`,
      write: [withoutKafka(['clusters', cluster.name, 'fleets', fleet.name], fleet)],
      fix: 'or name it as brokers or controllers',
    }));
}

function isKafka(fleet: Fleet): boolean {
  const quorum = fleet.kind === 'members' ? fleet.quorum : undefined;
  return (
    quorum === 'kraft' || quorum === 'replicas' || fleet.profiles.some((p) => p === 'kafka-broker' || p === 'kafka-controller')
  );
}

function withoutKafka(path: readonly string[], fleet: Fleet): Remedy {
  const rest = fleet.profiles.filter((name) => name !== 'kafka-broker' && name !== 'kafka-controller');
  const profiles = rest.length === fleet.profiles.length ? [] : set([...path, 'profiles'], rest);
  const votes = fleet.kind === 'members' && (fleet.quorum === 'kraft' || fleet.quorum === 'replicas');
  return [...profiles, ...(votes ? remove([...path, 'quorum']) : [])];
}
