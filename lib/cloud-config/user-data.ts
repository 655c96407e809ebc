import { createHash } from 'node:crypto';
import { gzipSync as nativeGzipSync } from 'node:zlib';
import { gzipSync } from 'fflate';
import { type Finding, type Location, sortFindings } from '../estate/finding';
import type { Profile } from '../estate/profile';
import type { FleetContext } from '../plan/model';
import { budgetOf, budgetTable, userDataLimit } from './budget';
import { cloudNeeds } from './cloud-needs';
import { hostConfig } from './host-config';
import { partsOf } from './host-parts';
import { lintText } from './lint';
import type { UserData } from './model';
import { publishedIn } from './published-findings';
import { secretsIn } from './secret-findings';
import { writers } from './writers';

export interface RenderedUserData {
  /** Absent where there are errors. */
  readonly userData?: UserData;
  readonly findings: readonly Finding[];
}

export interface RenderOptions {
  /** `auto` gzips what is over 16,384 bytes: coreos-cloudinit takes it, and Flatcar's Ignition, which looks first, passes it on. */
  readonly compress: 'auto' | 'never';
}

/** Renders the user-data of a fleet's hosts. Pure: the same bytes for the same context and profiles, on every machine. */
export function renderUserData(context: FleetContext, profiles: readonly Profile[], options: RenderOptions): RenderedUserData {
  const { config, origins, findings: found } = hostConfig(context, profiles);
  const findings = [...found];
  const { path, ...fleet } = placeOf(context);
  findings.push(...cloudNeeds(context, profiles, { ...fleet, path }));
  const parts = partsOf(config, origins, fleet);
  findings.push(...secretsIn(parts));
  if (context.containers.mode !== 'host') findings.push(...publishedIn(parts, context.containers.mode));
  if (findings.some((finding) => finding.severity === 'error')) return { findings: sortFindings(findings) };

  const sections = writers.coreos!(config);
  const text = sections.map((section) => section.text).join('');
  const budget = budgetOf(sections);
  for (const problem of lintText(text)) {
    findings.push({
      ...fleet,
      code: 'USER_DATA_MISREAD',
      severity: 'error',
      path,
      message: `${problem.message} (line ${problem.line} of the user-data)`,
      why: problem.why,
      fix: problem.fix,
    });
  }

  const raw = Buffer.from(text);
  const gzipped = raw.length > userDataLimit && options.compress === 'auto';
  const sent = once(() => (gzipped ? pack(raw) : raw));
  if (gzipped ? !packsWell(raw) && sent().length > userDataLimit : raw.length > userDataLimit) {
    const given = sent();
    const size = gzipped ? `${number(raw.length)} bytes, ${number(given.length)} gzipped` : `${number(raw.length)} bytes`;
    findings.push({
      ...fleet,
      code: 'USER_DATA_TOO_LARGE',
      severity: 'error',
      path,
      message: `The user-data of ${context.fleet.hostPrefix} has ${size}; an instance takes ${number(userDataLimit)}.\n${budgetTable(budget)}`,
      why: 'The cloud refuses to start a host with it.',
      fix:
        options.compress === 'auto'
          ? 'Move large files to artifacts, or leave out a profile.'
          : 'Write `compress: auto`, move large files to artifacts, or leave out a profile.',
    });
  }
  if (findings.some((finding) => finding.severity === 'error')) return { findings: sortFindings(findings) };
  return {
    findings: sortFindings(findings),
    userData: {
      format: 'coreos',
      text,
      get base64() {
        return sent().toString('base64');
      },
      gzipped,
      get bytes() {
        return sent().length;
      },
      digest: createHash('sha256').update(text).digest('hex'),
      budget,
    },
  };
}

/** fflate and no zlib of Node's: that one differs between versions, and other bytes stop and start every host. */
function pack(raw: Buffer): Buffer {
  return Buffer.from(gzipSync(raw, { level: 6, mtime: 0 }));
}

/**
 * Whether the text is so far under the limit when packed that nobody needs the exact bytes to know it. Node's zlib is
 * native and ten times as fast to start; the two differ by a percent, the margin is ten.
 */
function packsWell(raw: Buffer): boolean {
  return nativeGzipSync(raw).length < userDataLimit * 0.9;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** Where the estate's files say what these hosts are. */
function placeOf({ region, cluster, fleet }: FleetContext): Location & { readonly path: string } {
  const path = region.provider === 'idc' ? `racks.${fleet.name}` : `clusters.${cluster.name}.fleets.${fleet.name}`;
  return { file: `regions/${region.name}.yaml`, line: 0, path };
}
