/** What somebody changed by hand: a route, a rule. With AWS's own clients the same is done through EC2's API. */
import { type Incident, regionOf, type Said, type Scene, Untold } from './incident';

/** Splits a list into what stays, and how much goes. */
function without<T>(list: readonly T[], goes: (each: T) => boolean): [T[], number] {
  const kept = list.filter((each) => !goes(each));
  return [kept, list.length - kept.length];
}

function tables(scene: Scene, said: Said) {
  const region = regionOf(scene, said);
  const suits = ({ id }: { readonly id: string }) => (said.table ?? id) === id;
  return {
    aws: Object.values(region.routeTables).filter(suits),
    aliyun: Object.values(region.aliyun.routeTables).filter(suits),
  };
}

function groups(scene: Scene, said: Said) {
  const region = regionOf(scene, said);
  const suits = ({ id, name }: { readonly id: string; readonly name: string }) => said.group === id || said.group === name;
  return { aws: Object.values(region.groups).filter(suits), aliyun: Object.values(region.aliyun.groups).filter(suits) };
}

export const networkIncidents = {
  'route-gone': {
    what: 'Somebody deletes the routes to a range, of one table or of all.',
    needs: ['region', 'destination'],
    may: ['table'],
    happen(scene, said) {
      const { aws, aliyun } = tables(scene, said);
      let count = 0;
      for (const table of aws) {
        const [kept, gone] = without(table.routes, (r) => r.destination === said.destination && r.target.kind !== 'local');
        table.routes = kept;
        count += gone;
      }
      for (const table of aliyun) {
        const [kept, gone] = without(table.routes, (r) => r.destination === said.destination);
        table.routes = kept;
        count += gone;
      }
      if (count === 0) throw new Untold(`no route to ${said.destination}`);
      return `${count} routes to ${said.destination} were deleted`;
    },
  },
  'rule-gone': {
    what: 'Somebody deletes the rules of a security group that let a port in. `group` is its id or name.',
    needs: ['region', 'group', 'port'],
    happen(scene, said) {
      const { aws, aliyun } = groups(scene, said);
      const port = Number(said.port);
      let count = 0;
      for (const group of aws) {
        const [kept, gone] = without(group.rules, (r) => r.direction === 'ingress' && r.from === port);
        group.rules = kept;
        count += gone;
      }
      for (const group of aliyun) {
        const [kept, gone] = without(group.rules, (r) => r.direction === 'ingress' && r.ports.startsWith(`${port}/`));
        group.rules = kept;
        count += gone;
      }
      if (count === 0) throw new Untold(`no rule of ${said.group} lets ${port} in`);
      return `${count} rules of ${said.group} for ${port} were deleted`;
    },
  },
} as const satisfies Readonly<Record<string, Incident>>;
