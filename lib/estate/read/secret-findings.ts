/** Findings of what the detector finds, in files of the description and in what is written from it. The secret itself is told nowhere. */
import { findInDocument, findSecrets } from '../../secrets';
import type { Finding } from '../findings/finding';
import type { EstateSource } from './source';
import { MAX_LENGTH } from './yaml-file';

/** Findings told of one file: a leaked key file has a hundred lines of them. */
const MOST = 20;

/**
 * The same source; what stands in it where it is read is told. Of a profile only its `profile.yaml`: what hosts get of the rest is looked
 * through as they get it.
 */
export function withoutSecrets(source: EstateSource, findings: Finding[]): EstateSource {
  const told = new Set<string>();
  return {
    list: (folder) => source.list(folder),
    read(path) {
      const text = source.read(path);
      if (text !== undefined && /^regions\/|\/profile\.yaml$/.test(path) && !told.has(path)) {
        told.add(path);
        findings.push(...secretsInDescription(path, text));
      }
      return text;
    },
  };
}

/** Secrets in a file of the description. */
export function secretsInDescription(file: string, text: string): Finding[] {
  // What is longer is refused whole, and its lines may be longer than patterns can go over.
  if (text.length > MAX_LENGTH) return [];
  const found = findSecrets(text).map(({ kind, line }) => ({
    ...{ file, line, code: 'SECRET_IN_DESCRIPTION', severity: 'error' as const, path: '' },
    message: `this line holds ${kind}`,
    why: 'what stands in git is read by everybody who has a copy of it, and goes into templates, tags and plans',
    fix: 'take it out and change it where it is used; write the name under which a secret store keeps it, and let hosts fetch it by that name',
  }));
  return firstOf(found);
}

/** The last one that is told says of how many more it is told for. */
function firstOf(found: readonly Finding[]): Finding[] {
  const more = found.length - MOST;
  return found
    .slice(0, MOST)
    .map((finding, i) =>
      more > 0 && i === MOST - 1 ? { ...finding, message: `${finding.message}; ${more} more in this file` } : finding,
    );
}

/** Secrets in a text that is about to be written. @param file as the user knows it: `cdk.out/sa-east-1-base.template.json` */
export function secretsInOutput(file: string, text: string): Finding[] {
  const found = (isJson(text) ? inJson(text) : undefined) ?? findSecrets(text).map((secret) => ({ ...secret, path: [] }));
  const findings = found.map(({ kind, line, path }) => ({
    ...{ file, line: path.length === 0 ? line : 0, code: 'SECRET_IN_OUTPUT', severity: 'error' as const },
    path: path.map((step) => (findSecrets(String(step)).length > 0 ? '(not shown)' : step)).join('.'),
    message: `it would hold ${kind}${path.length > 0 && line > 1 ? ` (line ${line} of the text)` : ''}; nothing was written`,
    why: 'what is written here is copied to clouds, hosts and reviews, and read by whoever may read those',
    fix: 'take it out of the file of regions/ or cloud-config/ that it comes from, and change it where it is used',
  }));
  return firstOf(findings);
}

function isJson(text: string): boolean {
  return /^\s{0,20}[{[]/.test(text);
}

function inJson(text: string): ReturnType<typeof findInDocument> | undefined {
  try {
    return findInDocument(JSON.parse(text));
  } catch {
    return undefined;
  }
}
