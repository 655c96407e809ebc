import { createHash } from 'node:crypto';
import { advised, type Finding, type Location, type Path, sortFindings } from '../estate/findings/finding';
import { set } from '../estate/findings/remedy';
import type { Profile } from '../estate/model/profile';
import type { FleetContext } from '../plan/model';
import { budgetOf, budgetTable, fetched as isFetched, userDataLimit } from './budget';
import { cloudNeeds } from './cloud-needs';
import { gzip, roughGzip } from './gzip';
import { hostConfig } from './host-config';
import { partsOf } from './host-parts';
import { leftToImages } from './left-to-images';
import { lintText } from './lint';
import type { Section, UserData } from './model';
import { publishedIn } from './published-findings';
import { secretsIn } from './secret-findings';
import { formatOf, writers } from './writers';

export interface RenderedUserData {
  /** Absent where there are errors. */
  readonly userData?: UserData;
  readonly findings: readonly Finding[];
}

export interface RenderOptions {
  /**
   * `auto` gzips what is over 16,384 bytes: coreos-cloudinit takes it, and Flatcar's Ignition, which looks first, passes it on. What
   * hosts fetch is never gzipped.
   */
  readonly compress: 'auto' | 'never';
  /** Of an earlier revision, to compare with: secrets are no findings. @default false */
  readonly past?: boolean;
}

/**
 * Renders the user-data of a fleet's hosts; on Aliyun the configuration that their bootstrap fetches, which is no user-data: it has a
 * limit of its own and is never gzipped. Pure: the same bytes for the same context and profiles, on
 * every machine.
 */
export function renderUserData(context: FleetContext, profiles: readonly Profile[], options: RenderOptions): RenderedUserData {
  const { config, origins, findings: found } = hostConfig(context, profiles);
  const findings = [...found];
  const { path: steps, ...fleet } = placeOf(context);
  const path = steps.join('.');
  findings.push(...cloudNeeds(context, profiles, { ...fleet, path: steps }));
  const format = formatOf(context);
  if (format === 'cloud-init') findings.push(...leftToImages(config, origins, fleet));
  const parts = partsOf(config, origins, fleet);
  if (options.past !== true) findings.push(...secretsIn(parts));
  if (context.containers.mode !== 'host') findings.push(...publishedIn(parts, context.containers.mode));
  if (findings.some((finding) => finding.severity === 'error')) return { findings: sortFindings(findings) };

  const sections = writers[format](config);
  const text = textOf(sections);
  const budget = once(() => budgetOf(sections));
  for (const problem of lintText(text, format)) {
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
  const fetched = isFetched(context);
  const limit = userDataLimit(context);
  const gzipped = raw.length > limit && options.compress === 'auto' && !fetched;
  const sent = once(() => (gzipped ? gzip(raw) : raw));
  // So far under the limit that nobody needs the exact bytes to know it: the two differ by a few percent, the margin is ten.
  if (!(gzipped && roughGzip(raw).length < limit * 0.9) && sent().length > limit) {
    const given = sent();
    const size = gzipped ? `${number(raw.length)} bytes, ${number(given.length)} gzipped` : `${number(raw.length)} bytes`;
    findings.push({
      ...fleet,
      code: 'USER_DATA_TOO_LARGE',
      severity: 'error',
      path,
      message: `The user-data of ${context.fleet.hostPrefix} has ${size}; ${fetched ? 'hosts fetch at most' : 'an instance takes'} ${number(limit)}.\n${budgetTable(budget(), limit)}`,
      multiline: true,
      why: fetched ? 'Every host reads all of it at every boot.' : 'The cloud refuses to start a host with it.',
      ...(options.compress === 'never' && !fetched && gzip(raw).length <= limit
        ? advised(fleet.file, steps, {
            write: [set([...steps, 'compress'], 'auto')],
            fix: 'or move large files to artifacts, or leave out a profile',
          })
        : { fix: 'Move large files to artifacts, or leave out a profile.' }),
    });
  }
  if (findings.some((finding) => finding.severity === 'error')) return { findings: sortFindings(findings) };
  return {
    findings: sortFindings(findings),
    userData: {
      format,
      text,
      get base64() {
        return sent().toString('base64');
      },
      gzipped,
      get bytes() {
        return sent().length;
      },
      get digest() {
        return createHash('sha256').update(text).digest('hex');
      },
      get budget() {
        return budget();
      },
    },
  };
}

function textOf(sections: readonly Section[]): string {
  return sections.map((section) => section.text).join('');
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
function placeOf({ region, cluster, fleet }: FleetContext): Location & { readonly path: Path } {
  const path = region.provider === 'idc' ? ['racks', fleet.name] : ['clusters', cluster.name, 'fleets', fleet.name];
  return { file: `regions/${region.name}.yaml`, line: 0, path };
}
