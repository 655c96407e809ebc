import { containsAddress, formatIpv4, parseIpv4 } from '../../addresses/cidr';
import { remove } from '../../findings/remedy';
import type { Estate, Idc } from '../../model/model';
import type { Problem, Rule } from '../rule';

/**
 * Racks take the time from servers that they reach. Source: timesyncd.conf(5), FallbackNTP (what an image asks otherwise stands in the
 * internet).
 */
export const racksTakeTheTime: Rule = {
  code: 'TIME_SERVERS',
  title: 'A data centre with racks names servers of time, and its routers let packets through to them.',
  why: 'a clock that nobody sets drifts by seconds a week: Kafka deletes by it, lines are delayed or refused by it, and clouds refuse requests that are minutes off',
  check: (estate) => estate.idcs.flatMap((idc) => (idc.racks.length === 0 ? [] : [...missing(idc), ...beyond(estate, idc)])),
};

function missing({ file, name, time }: Idc): Problem[] {
  if (time.length > 0) return [];
  return [
    {
      file,
      path: ['racks'],
      severity: 'warning',
      message: `hosts of ${name} take the time from servers in the internet that their image names, if they reach any`,
      fix: 'write `time:` with the addresses of servers of time (NTP) that the racks reach, for example those of its routers or of its directory service',
    },
  ];
}

/** A router passes packets between planned networks; one that isn't described here is somebody else's matter. */
function beyond(estate: Estate, { file, name, routers, time }: Idc): Problem[] {
  if (routers.length === 0) return [];
  const pools = [estate.addressing.hosts.pool, estate.addressing.containers.pool, ...estate.regions.map(({ block }) => block)];
  const inside = [...pools, ...estate.idcs.map(({ block }) => block)];
  return time.flatMap((server, i) => {
    const address = parseIpv4(server);
    if (address === undefined || inside.some((range) => containsAddress(range, address))) return [];
    return [
      {
        file,
        path: ['time', i],
        message: `${formatIpv4(address)} is no address of the estate, and routers of ${name} let nothing through to any other`,
        write: [remove(['time', i])],
        fix: 'or name one inside the estate instead; it asks those in the internet',
      },
    ];
  });
}
