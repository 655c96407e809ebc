/** Which text each host boots with, and what it makes of packets: on the interfaces of clouds, and on hosts of data centres. */
import type { EstateSource } from '../../estate/read/source';
import type { IdcEndpoint, WorldFault } from '../world';
import { ALIYUN, readFile } from './assembly';
import type { Drafts, InterfaceDraft } from './drafts';
import { HostNetworks } from './host-network';
import type { Found } from './references';
import type { Emitted } from './resources';
import { userDataText } from './user-data';

/** After containers are known. */
export function readHostNetworks(emitted: Emitted, drafts: Drafts): void {
  const networks = new HostNetworks(emitted.faults);
  const give = (found: Found, interfaces: readonly (InterfaceDraft | undefined)[], text: string | undefined): void => {
    if (text === undefined) return;
    for (const draft of interfaces) {
      if (draft === undefined) continue;
      const network = networks.read(text, found.stack.path, draft.containers.size + draft.prefixes.length > 0);
      if (network !== undefined) draft.network = network;
    }
  };
  for (const found of emitted.all('AWS::EC2::Instance')) {
    const list = (emitted.property(found, 'NetworkInterfaces') as { NetworkInterfaceId?: unknown }[] | undefined) ?? [];
    const interfaces = list.map(({ NetworkInterfaceId }) => quietly(emitted, found, NetworkInterfaceId));
    give(
      found,
      interfaces.map((target) => target && drafts.interfaces.get(target.id)),
      textOf(emitted, found, 'UserData'),
    );
  }
  for (const found of emitted.all('AWS::AutoScaling::AutoScalingGroup')) {
    const { LaunchTemplateId } = (emitted.property(found, 'LaunchTemplate') ?? {}) as { LaunchTemplateId?: unknown };
    const template = quietly(emitted, found, LaunchTemplateId);
    const data = (template?.resource.Properties?.LaunchTemplateData ?? {}) as { UserData?: unknown };
    if (template !== undefined) give(found, standIns(drafts, found), userDataText(data.UserData, template.stack));
  }
  for (const found of emitted.all('ALIYUN::ECS::Instance')) {
    const draft = drafts.interfaces.get(found.id);
    // What a host's own text fetches at every boot is published beside the template.
    give(found, [draft], configurationOf(found, draft?.host ?? '') ?? textOf(emitted, found, 'UserData'));
  }
  for (const found of emitted.all('ALIYUN::ESS::ScalingConfiguration')) {
    const scaling = quietly(emitted, found, emitted.property(found, 'ScalingGroupId'));
    if (scaling === undefined) continue;
    const hosts = standIns(drafts, scaling);
    give(found, hosts, configurationOf(found, hosts[0]?.host ?? '') ?? textOf(emitted, found, 'UserData'));
  }
}

/** A reference that leads nowhere is a fault that was told where the interface was read. */
function quietly(emitted: Emitted, found: Found, value: unknown): Found | undefined {
  const told = emitted.faults.length;
  const target = value === undefined ? undefined : emitted.references.find(value, found.stack, found.logicalId);
  emitted.faults.length = told;
  return target;
}

/** In a form that isn't read, a text is a fault. */
function textOf(emitted: Emitted, found: Found, property: string): string | undefined {
  const value = emitted.property(found, property);
  const text = userDataText(value, found.stack);
  if (text === undefined && value !== undefined)
    emitted.fault(found, `its ${property} is none of the forms that are read: what its host does with packets is not known`);
  return text;
}

/** Those of an elastic fleet are called after it. */
function standIns(drafts: Drafts, { id }: Found): InterfaceDraft[] {
  return [...drafts.interfaces.values()].filter((draft) => draft.kind === 'elastic' && draft.id.startsWith(`${id}@`));
}

function configurationOf({ stack }: Found, host: string): string | undefined {
  if (stack.account !== ALIYUN) return undefined;
  return stack.configurations?.get(host.replace(/-\d+$|@.*$/, ''));
}

/** A rack's text, by the name of its hosts: `<idc>-<rack>-<number>`. @param folder usually `idc.out` */
export function withRackNetworks(
  hosts: readonly IdcEndpoint[],
  files: EstateSource,
  folder: string,
  faults: WorldFault[],
): IdcEndpoint[] {
  const networks = new HostNetworks(faults);
  const texts = new Map<string, string | undefined>();
  return hosts.map((host) => {
    const rack = host.host.slice(host.idc.length + 1).replace(/-\d+$/, '');
    const path = `${folder}/${host.idc}/racks/${rack}/user-data.yaml`;
    const known = files.list(`${folder}/${host.idc}/racks/${rack}`) !== undefined;
    if (known && !texts.has(path)) texts.set(path, readFile(files, path, faults));
    const text = texts.get(path);
    const network = text === undefined ? undefined : networks.read(text, path, host.containers !== undefined);
    return network === undefined ? host : { ...host, network };
  });
}
