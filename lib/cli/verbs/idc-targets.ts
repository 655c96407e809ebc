/** Routers and hosts of a data centre, and the files that each of them has. */
import { type PushTarget, rackHostFiles, routerFiles } from '../../deploy/push/files';
import type { Estate } from '../../estate/model/model';
import type { EstatePlan } from '../../plan/model';
import { idcFiles } from '../idc-out';

/** Without the length of its network. */
export const bareAddress = (address: string): string => address.replace(/\/.*$/, '');

/** Routers first. @param name of a data centre that the estate has */
export function idcTargets(estate: Estate, plan: EstatePlan, name: string): PushTarget[] {
  const { routers, hosts } = plan.idcs.find((idc) => idc.name === name)!;
  const prefix = `${name}/`;
  const files = new Map(
    [...idcFiles(estate, [name])].flatMap(([path, text]) =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), text] as const] : [],
    ),
  );
  return [
    ...routers.map(
      (router): PushTarget => ({
        name: router.name,
        kind: 'router',
        address: bareAddress(router.routerId),
        files: routerFiles(files, router.name),
      }),
    ),
    ...hosts.map(
      (host): PushTarget => ({
        name: host.name,
        kind: 'host',
        address: bareAddress(host.address),
        files: rackHostFiles(files, host.name, host.rack),
      }),
    ),
  ];
}
