/** From the file of a data centre, checked by the schema, to the Idc of the model. */
import { cidr, ipv4, parseIpv4 } from '../addresses/cidr';
import { errorAt, type Finding } from '../findings/finding';
import { type Remedy, remove, set } from '../findings/remedy';
import type { Idc, IdcHost, IdcRack, IdcRouter } from '../model/model';
import type { YamlFile } from '../read/yaml-file';
import type { IdcFile } from '../schema/idc-schema';
import { mergeParameters, sorted } from './parameters';
import type { RegionContext } from './region';

export interface BuiltIdc {
  readonly idc: Idc;
  readonly findings: readonly Finding[];
}

export function buildIdc(source: YamlFile, written: IdcFile, context: RegionContext): BuiltIdc {
  const findings: Finding[] = [];
  const routers = sorted(written.routers).map(([name, router]): IdcRouter => {
    return {
      name,
      address: ipv4(router.address),
      ...(router.core === undefined ? {} : { core: ipv4(router.core) }),
      ...(router.public === undefined ? {} : { public: ipv4(router.public) }),
      trunk: router.trunk,
    };
  });
  const racks = sorted(written.racks).map(([name, rack]): IdcRack => {
    const merged = mergeParameters(rack.profiles, context.profiles, [
      { source: context.estateSource, path: ['profiles'], values: context.estate.profiles },
      { source, path: ['profiles'], values: written.profiles },
      { source, path: ['racks', name, 'parameters'], values: rack.parameters },
    ]);
    findings.push(...merged.findings, ...strangers(source, name, rack), ...twice(source, name, rack));
    return {
      name,
      routers: rack.routers ?? [rack.router ?? (routers.length === 1 ? routers[0]!.name : '')],
      vlan: rack.vlan,
      subnet: cidr(rack.subnet),
      ...(rack.containers === undefined ? {} : { containers: cidr(rack.containers) }),
      bond: { ...rack.bond, switches: rack.bond.switches ?? rack.bond.interfaces.map((_, i) => `${name}-sw${i + 1}`) },
      hosts: hostsOf(rack),
      profiles: rack.profiles,
      parameters: merged.parameters,
      ...joined(rack.cluster),
      metadata: rack.metadata,
    };
  });
  return {
    findings,
    idc: {
      name: written.idc,
      file: source.file,
      block: cidr(written.block),
      ...(written.containers === undefined ? {} : { containers: cidr(written.containers) }),
      hostBits: written.hostBits,
      ...(written.asn === undefined ? {} : { asn: written.asn }),
      ...(written.core === undefined ? {} : { core: { vlan: written.core.vlan, subnet: cidr(written.core.subnet) } }),
      routers,
      racks,
      time: [...written.time].sort((a, b) => Number(parseIpv4(a) === undefined) - Number(parseIpv4(b) === undefined)),
      mtu: written.mtu,
      ...(written.artifacts === undefined ? {} : { artifacts: written.artifacts }),
    },
  };
}

/** `cn-beijing/core`, of the schema's form. */
function joined(written: string | undefined): Pick<IdcRack, 'cluster'> {
  const [region, cluster] = written?.split('/') ?? [];
  return region === undefined || cluster === undefined ? {} : { cluster: { region, cluster } };
}

function hostsOf(rack: IdcFile['racks'][string]): IdcHost[] {
  const hosts: IdcHost[] = [];
  for (let number = 1; number <= rack.hosts; number++) {
    if (rack.removed.includes(number)) continue;
    const unit = rack.units[String(number)];
    hosts.push({ number, ...(unit === undefined ? {} : { unit }) });
  }
  return hosts;
}

/** A number that names no host: retired ones once had one, and only a host stands somewhere. */
function strangers(source: YamlFile, name: string, rack: IdcFile['racks'][string]): Finding[] {
  const found: { path: (string | number)[]; message: string; write: Remedy[] }[] = [];
  const counted = `hosts are numbered 1 to ${rack.hosts}`;
  rack.removed.forEach((number, i) => {
    const path = ['racks', name, 'removed', i];
    if (number > rack.hosts)
      found.push({
        path,
        message: `host ${number} is retired, but ${counted}`,
        write: [set(['racks', name, 'hosts'], number), remove(path)],
      });
    else if (rack.removed.indexOf(number) !== i)
      found.push({ path, message: `${number} stands here a second time`, write: [remove(path)] });
  });
  for (const key of Object.keys(rack.units)) {
    const number = Number(key);
    if (number <= rack.hosts && !rack.removed.includes(number)) continue;
    const why = number > rack.hosts ? counted : 'it is retired';
    const path = ['racks', name, 'units', key];
    found.push({
      path,
      message: `there is no host ${key}: ${why}`,
      write: [remove(path)],
    });
  }
  const why = 'addresses, ranges and the cabling sheet go by number';
  return found.map(({ path, ...told }) => errorAt(source.locate(path), path, { code: 'IDC_HOST_NUMBER', why, ...told }));
}

/** One router or a pair. */
function twice(source: YamlFile, name: string, { router, routers }: IdcFile['racks'][string]): Finding[] {
  if (router === undefined || routers === undefined) return [];
  const path = ['racks', name, 'routers'];
  return [
    errorAt(source.locate(path), path, {
      code: 'IDC_ROUTER',
      message: `rack ${name} says its routers twice: ${router}, and ${routers.join(' and ')}`,
      why: 'a rack stands behind one router, or behind a pair that shares the address of its gateway',
      write: [remove(['racks', name, 'router']), remove(path)],
    }),
  ];
}

/** Profiles that the racks name. */
export function idcProfiles(files: readonly IdcFile[]): string[] {
  return files.flatMap((file) => Object.values(file.racks).flatMap((rack) => rack.profiles));
}
