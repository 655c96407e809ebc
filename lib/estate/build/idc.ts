/** From the file of a data centre, checked by the schema, to the Idc of the model. */
import { cidr, type Ipv4, parseIpv4 } from '../cidr';
import type { Finding } from '../finding';
import type { Idc, IdcHost, IdcRack, IdcRouter } from '../model';
import type { IdcFile } from '../schema/idc-schema';
import type { YamlFile } from '../yaml-file';
import { mergeParameters, sorted } from './parameters';
import type { RegionContext } from './region';

export interface BuiltIdc {
  readonly idc: Idc;
  readonly findings: readonly Finding[];
}

export function buildIdc(source: YamlFile, written: IdcFile, context: RegionContext): BuiltIdc {
  const findings: Finding[] = [];
  const routers = sorted(written.routers).map(([name, router]): IdcRouter => {
    const at = (key: 'address' | 'core' | 'public'): Ipv4 | undefined => {
      const text = router[key];
      if (text === undefined) return undefined;
      const parsed = parseIpv4(text);
      if (parsed === undefined) findings.push(noAddress(source, ['routers', name, key], text));
      return parsed;
    };
    const [core, open] = [at('core'), at('public')];
    return {
      name,
      address: at('address') ?? (0 as Ipv4),
      ...(core === undefined ? {} : { core }),
      ...(open === undefined ? {} : { public: open }),
      trunk: router.trunk,
    };
  });
  const racks = sorted(written.racks).map(([name, rack]): IdcRack => {
    const merged = mergeParameters(rack.profiles, context.profiles, [
      { source: context.estateSource, path: ['profiles'], values: context.estate.profiles },
      { source, path: ['profiles'], values: written.profiles },
      { source, path: ['racks', name, 'parameters'], values: rack.parameters },
    ]);
    findings.push(...merged.findings);
    return {
      name,
      router: rack.router ?? (routers.length === 1 ? routers[0]!.name : ''),
      vlan: rack.vlan,
      subnet: cidr(rack.subnet),
      ...(rack.containers === undefined ? {} : { containers: cidr(rack.containers) }),
      bond: { ...rack.bond, switches: rack.bond.switches ?? rack.bond.interfaces.map((_, i) => `${name}-sw${i + 1}`) },
      hosts: hostsOf(rack),
      profiles: rack.profiles,
      parameters: merged.parameters,
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
      mtu: written.mtu,
    },
  };
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

function noAddress(source: YamlFile, path: readonly string[], text: string): Finding {
  return {
    ...source.locate(path),
    code: 'ADDRESS_MALFORMED',
    severity: 'error',
    path: path.join('.'),
    message: `${text} is no IPv4 address`,
    why: 'an octet is 0 to 255, without leading zeros',
    fix: 'write an address such as 10.200.0.1',
  };
}

/** Profiles that the racks name. */
export function idcProfiles(files: readonly IdcFile[]): string[] {
  return files.flatMap((file) => Object.values(file.racks).flatMap((rack) => rack.profiles));
}
