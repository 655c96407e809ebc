/** `meissa versions --json`: for a program, and its schema (`schemas/versions.schema.json`). */
import { z } from 'zod';
import { type HostVersions, programVersions } from '../../review/versions';

const source = z
  .enum(['runs', 'reported', 'after a restart', 'described'])
  .describe(
    'runs: what is described, and the host says that it runs with it; reported: the host’s own word; after a restart: what is described, while the host runs with something else; described: the host has not been heard.',
  );

const versions = z.strictObject({
  version: z.literal(1),
  programs: z
    .array(z.strictObject({ program: z.string(), version: z.string(), source, hosts: z.array(z.string()) }))
    .describe('By program, version and source.'),
  hosts: z.array(
    z.strictObject({
      place: z.string().describe('Region or data centre.'),
      fleet: z.string().describe('<cluster>/<fleet>, or rack <name>.'),
      name: z.string().describe('Hosts of an elastic fleet share one.'),
      instance: z.string().optional(),
      state: z.enum(['current', 'restart due', 'silent', 'not read']),
      described: z.string().describe('SHA-256 of what is described for it.'),
      applied: z.string().optional().describe('SHA-256 of what it says that it runs with.'),
      versions: z.array(z.strictObject({ program: z.string(), version: z.string(), source })),
    }),
  ),
  unread: z.array(z.strictObject({ place: z.string(), why: z.string() })).describe('Places whose hosts could not be heard.'),
});

export type VersionsJson = z.infer<typeof versions>;

export function versionsJson(hosts: readonly HostVersions[], unread: VersionsJson['unread']): VersionsJson {
  return { version: 1, programs: programVersions(hosts), hosts, unread } as VersionsJson;
}

/** Text of `schemas/versions.schema.json`. */
export function versionsJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(versions, { target: 'draft-7', io: 'output' }), null, 2)}\n`;
}
