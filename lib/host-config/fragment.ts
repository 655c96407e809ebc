import { languages } from '../encode/languages';
import type { Finding, Location } from '../estate/findings/finding';
import type { Profile } from '../estate/model/profile';
import type { FleetContext } from '../plan/model';
import { keyProblem } from './authorized-keys';
import { confined } from './confine';
import { contentOf } from './content';
import { cut, ofPieces, type Pieces } from './fragment-pieces';
import { fragmentFile, fragmentTree, type TreeNode } from './fragment-tree';
import { renderTree } from './fragment-values';
import {
  accountProblem,
  dropInNameProblem,
  ownerProblem,
  pathProblem,
  permissionsProblem,
  plainParameter,
  unitNameProblem,
} from './host-names';
import type { HostUnit, HostUser } from './model';
import { type CheckedMap, field, readFields } from './read-fields';
import { refusedOfUsers } from './refused-of-users';
import { type TemplateContext, templateContext } from './template-context';

/** A profile's fragment rendered for a fleet: what this profile asks of the host, and where it says so. */
export interface Fragment {
  readonly profile: string;
  readonly files: readonly FragmentFile[];
  readonly units: readonly FragmentUnit[];
  readonly sysctl: readonly { readonly name: string; readonly value: string; readonly at: Location }[];
  readonly users: readonly (Omit<HostUser, 'profile'> & { readonly at: Location })[];
  readonly programs: readonly { readonly name: string; readonly apt?: string; readonly dnf?: string; readonly at: Location }[];
  readonly update?: { readonly rebootStrategy: 'off' | 'reboot'; readonly at: Location };
}

export interface FragmentFile {
  readonly path: string;
  readonly permissions: string;
  readonly owner: string;
  readonly content: string;
  readonly at: Location;
}

export interface FragmentUnit {
  readonly name: string;
  readonly content?: string;
  readonly enable: boolean;
  readonly mask: boolean;
  /** Its command comes after those of all other units, whatever profile they are of. */
  readonly last?: true;
  readonly command?: HostUnit['command'];
  readonly dropIns: readonly { readonly name: string; readonly content: string; readonly at: Location }[];
  readonly at: Location;
}

const text = { kind: 'text' } as const;
const flag = { kind: 'flag' } as const;
const packageName = { kind: 'text', pattern: /^[a-z0-9][\w.+-]*$/i } as const;
const content = { content: text, source: text, template: flag };
/** A user or a group. Source: useradd(8), groupadd(8). */
const account = { ...text, required: true, problem: accountProblem } as const;
/** A line of a file whose reader knows no quotes. */
const oneLine = /^[^\p{Cc}\u2028\u2029]*$/u;
const dropIn = { kind: 'map', fields: { name: { ...text, required: true, problem: dropInNameProblem }, ...content } } as const;

/** Everything that may stand in `cloud-config.yaml`. */
const fragmentFields = {
  files: field.list({
    path: { ...text, required: true, problem: pathProblem, pattern: /^(\/[\w.@:+-]+)+$/ },
    permissions: { ...text, problem: permissionsProblem, pattern: /^0[0-7]{3}$/ },
    owner: { ...text, problem: ownerProblem, pattern: /^([a-z_][a-z0-9_-]*|\d{1,10})$/ },
    language: { kind: 'text', oneOf: Object.keys(languages) },
    exact: flag,
    ...content,
  }),
  units: field.list({
    name: { ...text, required: true, problem: unitNameProblem },
    enable: flag,
    mask: flag,
    confine: flag,
    last: flag,
    command: { kind: 'text', oneOf: ['start', 'stop', 'restart', 'reload'] },
    dropIns: { kind: 'list', item: dropIn },
    ...content,
  }),
  sysctl: field.list({
    name: { ...text, required: true, pattern: /^-?\w+([./](?!\.)[\w*@:-]+)*$/ },
    value: { ...text, required: true, pattern: /^[\x20-\x7e]*$/ },
  }),
  users: field.list({
    name: account,
    groups: { kind: 'list', item: account },
    sshAuthorizedKeys: { kind: 'list', item: { ...text, problem: keyProblem, pattern: oneLine } },
    ...refusedOfUsers,
  }),
  programs: field.list({
    name: { ...text, required: true, pattern: /^\w[\w.+-]*$/ },
    apt: packageName,
    dnf: packageName,
  }),
  update: { kind: 'map', fields: { rebootStrategy: { kind: 'text', oneOf: ['off', 'reboot'], required: true } } },
} as const;

const NOTHING = { files: [], units: [], sysctl: [], users: [], programs: [] } as const;

/** Renders the fragment of one profile. What is wrong is added to `findings`; what could be read is returned all the same. */
export function renderFragment(profile: Profile, context: FleetContext, findings: Finding[]): Fragment {
  const empty = { ...NOTHING, profile: profile.name };
  const tree = fragmentTree(profile);
  findings.push(...tree.findings);
  // What is wrong with its YAML leaves holes that would be told once more.
  if (tree.findings.some(({ code }) => code === 'FRAGMENT_YAML')) return empty;
  if (!tree.root || (tree.root.kind === 'scalar' && tree.root.value === null)) return empty;
  const scope = templateContext(context, profile.name);
  const pieces = known.get(profile) ?? cut<Fragment>(profile, tree.root);
  known.set(profile, pieces);
  const parts = ofPieces(pieces, scope, (root, told) => renderRoot(profile, root, scope, told));
  return parts === undefined ? renderRoot(profile, tree.root, scope, findings) : joined(empty, parts);
}

const known = new WeakMap<Profile, Pieces<Fragment>>();

function joined(empty: Fragment, parts: readonly Fragment[]): Fragment {
  const update = parts.find((part) => part.update !== undefined)?.update;
  return {
    ...empty,
    files: parts.flatMap(({ files }) => files),
    units: parts.flatMap(({ units }) => units),
    sysctl: parts.flatMap(({ sysctl }) => sysctl),
    users: parts.flatMap(({ users }) => users),
    programs: parts.flatMap(({ programs }) => programs),
    ...(update === undefined ? {} : { update }),
  };
}

/** A whole tree, or a part of it. */
function renderRoot(profile: Profile, tree: TreeNode, scope: TemplateContext, findings: Finding[]): Fragment {
  const file = fragmentFile(profile);
  const root = readFields({ kind: 'map', fields: fragmentFields }, renderTree(tree, scope, file, findings), file, findings);
  if (!root) return { ...NOTHING, profile: profile.name };
  return {
    profile: profile.name,
    files: root.list('files').flatMap((item): FragmentFile[] => {
      const path = item.text('path');
      if (path === undefined) return [];
      return [
        {
          path,
          permissions: item.text('permissions') ?? '0644',
          owner: item.text('owner') ?? 'root',
          content: contentOf(item, path, profile, scope, findings) ?? '',
          at: item.at,
        },
      ];
    }),
    units: root.list('units').flatMap((item): FragmentUnit[] => {
      const name = item.text('name');
      if (name === undefined) return [];
      const written = item.has('content') || item.has('source') ? contentOf(item, name, profile, scope, findings) : undefined;
      const own = item.flag('confine') ? confinedUnit(item, written) : written;
      const dropIns = item.list('dropIns').map((drop) => ({
        name: drop.text('name') ?? '',
        content: contentOf(drop, name, profile, scope, findings) ?? '',
        at: drop.at,
      }));
      const command = item.text('command') as HostUnit['command'];
      const last = item.flag('last') ? { last: true as const } : {};
      return [
        { name, content: own, enable: item.flag('enable'), mask: item.flag('mask'), ...last, command, dropIns, at: item.at },
      ];
    }),
    sysctl: root.list('sysctl').flatMap((item) => {
      const name = item.text('name');
      return name === undefined ? [] : [{ name: plainParameter(name), value: item.text('value') ?? '', at: item.at }];
    }),
    users: root.list('users').flatMap((item) => {
      const name = item.text('name');
      if (name === undefined) return [];
      const groups = item.has('groups') ? { groups: [...new Set(item.texts('groups'))] } : {};
      return [{ name, sshAuthorizedKeys: item.texts('sshAuthorizedKeys'), ...groups, at: item.at }];
    }),
    programs: root.list('programs').flatMap((item) => {
      const name = item.text('name');
      return name === undefined ? [] : [{ name, apt: item.text('apt'), dnf: item.text('dnf'), at: item.at }];
    }),
    update: root.map('update')?.read((item) => ({
      rebootStrategy: item.text('rebootStrategy') === 'reboot' ? ('reboot' as const) : ('off' as const),
      at: item.at,
    })),
  };
}

/** Only what a profile writes itself can be confined: of another's unit nobody here knows what it needs. */
function confinedUnit(item: CheckedMap, written: string | undefined): string | undefined {
  const result = confined(written ?? '');
  if ('text' in result) return result.text;
  item.wrong('confine', result.message, result.fix);
  return undefined;
}
