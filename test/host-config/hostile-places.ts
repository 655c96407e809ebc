/** Everything that a profile is rendered from, and every text in it: found by walking, so that a new profile, parameter or field is among it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProfiles } from '../../lib/estate/build/profiles';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { Estate } from '../../lib/estate/model/model';
import type { Profile } from '../../lib/estate/model/profile';
import { loadEstate } from '../../lib/estate/read/load';
import { rackContext } from '../../lib/plan/idc/context';
import type { FleetContext } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { repository } from './fixtures';

/** A word that means nothing anywhere: what stands in its place is the value. */
export const marker = 'x9meissa9x';

/** A name in a map whose names people choose. */
const openKey = 'k.k';

/** Profiles of every folder of `cloud-config/`, and of one that only this test has. */
export function everyProfile(): Profile[] {
  const names = readdirSync(join(repository, 'cloud-config'));
  const own = ownProfile();
  const { profiles, findings } = loadProfiles([...names, 'of-a-user'], diskSource(own), diskSource(repository));
  rmSync(own, { recursive: true });
  if (findings.length > 0) throw new Error(JSON.stringify(findings, null, 1));
  return [...profiles.values()];
}

/** A profile whose author thinks of nothing: a text without a pattern in every language. */
function ownProfile(): string {
  const root = mkdtempSync(join(tmpdir(), 'meissa-own-'));
  const folder = join(root, 'cloud-config/of-a-user');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'profile.yaml'),
    `profile: of-a-user
description: Of a user.
parameters:
  type: object
  properties:
    text: { type: string }
    list: { type: array, items: { type: string } }
    map: { type: object, additionalProperties: { type: string } }
`,
  );
  writeFileSync(join(folder, 'a.py'), '#!/usr/bin/python3\n# {{params.text}}\na = {{params.text}}\nb = "x {{params.text}}"\n');
  writeFileSync(
    join(folder, 'a.sh'),
    `#!/bin/bash
# {{params.text}}
x={{params.text}} y="{{params.text}}" z='{{params.text}}'
printf '%s' {{params.text}} "a {{params.text}}" {{words params.list}} "$(echo "{{json params}}")"
cat <<EOF
{{params.text}} {{#each params.map}}{{@key}}={{this}} {{/each}}
EOF
f() {
  [[ $x == {{params.text}} ]] || echo "{{params.text}}"
  case $x in {{params.text}}) : ;; esac
}
`,
  );
  writeFileSync(
    join(folder, 'cloud-config.yaml'),
    `files:
  - { path: /opt/a.py, source: a.py, template: true }
  - { path: /opt/a.sh, source: a.sh, template: true }
  - { path: /etc/a.json, content: '{ "{{params.text}}": {{params.text}}, "l": {{json params.list}}, "m": "{{json params.map}}" }' }
  - { path: /etc/a.yaml, content: "a: {{params.text}}\\nb: \\"x {{params.text}}\\"\\nc: [ {{params.text}} ]\\n" }
  - { path: /etc/a.properties, content: "a={{params.text}}\\nb = x {{params.text}}\\n{{params.text}}=c\\n" }
  - { path: /etc/a.env, content: "A={{params.text}}\\nB=\\"x {{params.text}}\\"\\n" }
  - { path: /etc/a, language: words, content: 'a {{params.text}}' }
  - { path: /etc/sysctl.d/a.conf, content: 'kernel.core_pattern = {{params.text}}' }
  - { each: params.map, path: '/etc/m/{{key}}', language: lines, content: '{{item}}' }
sysctl:
  - { each: params.map, name: 'kernel.{{key}}', value: '{{item}}' }
users:
  - name: ops
    sshAuthorizedKeys: [{ each: params.list, value: '{{item}}' }]
units:
  - name: a.service
    content: |
      [Unit]
      Description={{params.text}}
      [Service]
      Environment=A={{params.text}} "B={{params.text}}"
      ExecStart=/bin/echo a{{params.text}} {{words params.list}}
    dropIns: [{ name: x.conf, content: "[Service]\\nUser={{params.text}}\\n" }]
`,
  );
  return root;
}

export interface Place {
  readonly name: string;
  readonly context: FleetContext;
  readonly profiles: readonly string[];
}

/** Fleets and racks that stand for all, of each kind of host. */
export function everyKindOfHost(): Place[] {
  const { estate } = loadEstate(repository) as { estate: Estate };
  const hybrid = loadEstate(join(repository, 'test/estates/hybrid')).estate!;
  const fleets = [estate, hybrid].flatMap((each) =>
    planEstate(each).regions.flatMap((region) =>
      region.fleets.map(({ cluster, name, context, profiles }) => ({
        name: `${region.name}/${cluster}/${name}`,
        context,
        profiles,
      })),
    ),
  );
  const racks = [estate, hybrid].flatMap((each) =>
    each.idcs.flatMap((idc) =>
      idc.racks.map((rack) => ({
        name: `${idc.name}/${rack.name}`,
        context: rackContext(each, idc, rack),
        profiles: rack.profiles,
      })),
    ),
  );
  // One of each: what a template asks of a context to decide what it says.
  const kinds = new Map<string, Place>();
  for (const place of [...fleets, ...racks]) {
    const { region, fleet, containers, cluster, artifacts } = place.context;
    const kind = [
      region.provider,
      fleet.kind,
      containers.mode,
      cluster.etcd?.voter,
      cluster.kafka?.role,
      place.profiles,
      artifacts.url === '',
    ];
    if (!kinds.has(JSON.stringify(kind))) kinds.set(JSON.stringify(kind), place);
  }
  return [...kinds.values()];
}

/** Parameters with every property that the schema knows, and every list and map with something in it. */
export function everyParameter(schema: Record<string, unknown>): unknown {
  const { type, properties, items, additionalProperties, enum: values } = schema;
  if (Array.isArray(values)) return values[0];
  if (type === 'array') return [everyParameter(items as Record<string, unknown>)];
  if (type === 'object') {
    const named = Object.entries((properties ?? {}) as Record<string, Record<string, unknown>>);
    const open =
      typeof additionalProperties === 'object'
        ? { [openKey]: everyParameter(additionalProperties as Record<string, unknown>) }
        : {};
    return { ...Object.fromEntries(named.map(([name, inner]) => [name, everyParameter(inner)])), ...open };
  }
  if (type === 'string') return typeof schema.default === 'string' && schema.default !== '' ? schema.default : 'a';
  return schema.default ?? schema.minimum ?? false;
}

/** The paths of every text of a value, and of every key of its maps that a person names. */
export function* textsOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value === 'string') yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && (key === openKey || path.at(-1) === 'items')) yield [...path, `key:${key}`];
    yield* textsOf(inner, [...path, key]);
  }
}

/** The value with another text, or key, at the path. */
export function withText<T>(value: T, [step, ...rest]: readonly string[], text: string): T {
  if (step === undefined) return text as T;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (step.startsWith('key:')) {
    const old = step.slice(4);
    const entries = Object.entries(copy).map(([key, inner]) => [key === old ? text : key, inner]);
    return Object.fromEntries(entries) as T;
  }
  copy[step] = withText(copy[step], rest, text);
  return copy as T;
}
