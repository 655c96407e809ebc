import { nearest } from '../../findings/nearest';
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
      ...unnamed(place),
    ]),
};

/** Controllers are named where they are apart, and only there. */
function controllersOf({ region, kafka, path }: CollectionPlace): Problem[] {
  const at = { file: region.file, path };
  if (kafka.size === 'small') return [];
  if (kafka.controllers === '')
    return [
      {
        ...at,
        message: 'no fleet of controllers is named',
        fix: 'write `controllers: controllers`, and a fleet with `quorum: kraft`, `count: 3` and the profile kafka-controller; or `size: small`',
      },
    ];
  if (kafka.controllers !== kafka.brokers) return [];
  return [
    {
      ...at,
      path: [...path, 'controllers'],
      message: `${kafka.brokers} is named as brokers and as controllers`,
      fix: 'name a fleet of its own, or write `size: small` and leave controllers out',
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
    const near = nearest(
      name,
      cluster.fleets.map((f) => f.name),
    );
    const fix = near === undefined ? `describe the fleet ${name} with ${described}` : `write ${near}, or describe ${name}`;
    return [{ file: region.file, path: [...path, role], message: `the cluster has no fleet "${name}"`, fix }];
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
    return [{ ...at, path: [...at.path, 'quorum'], message, fix: `write \`quorum: ${quorum}\` in ${name}` }];
  }
  const missing = profiles.filter((profile) => !fleet.profiles.includes(profile));
  const foreign = ['kafka-broker', 'kafka-controller'].filter((p) => fleet.profiles.includes(p) && !profiles.includes(p));
  if (missing.length === 0 && foreign.length === 0) return [];
  const message =
    missing.length > 0
      ? `"${name}" doesn't run the profile ${missing.join(', ')}`
      : `"${name}" runs the profile ${foreign[0]} too`;
  const fix =
    missing.length > 0
      ? `add ${missing.join(', ')} to the profiles of ${name}`
      : `take ${foreign[0]} out, or write \`size: small\``;
  return [{ ...at, path: [...at.path, 'profiles'], message, fix }];
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
      fix: 'name it as brokers or controllers, or take its profiles and quorum of Kafka away',
    }));
}

function isKafka(fleet: Fleet): boolean {
  const quorum = fleet.kind === 'members' ? fleet.quorum : undefined;
  return (
    quorum === 'kraft' || quorum === 'replicas' || fleet.profiles.some((p) => p === 'kafka-broker' || p === 'kafka-controller')
  );
}
