/** Warnings that are wanted: told in one line, by how many they are. */
import type { AcceptedWarning } from '../model/model';
import { advised, type Finding } from './finding';
import { nearest } from './nearest';
import { remove, set } from './remedy';

/** The findings; a warning that is accepted at its place says why. */
export function withAccepted(findings: readonly Finding[], accepted: readonly AcceptedWarning[] = []): Finding[] {
  if (accepted.length === 0) return [...findings];
  return findings.map((finding) => {
    const reason = finding.severity === 'warning' ? accepted.find((one) => isOf(one, finding))?.reason : undefined;
    return reason === undefined ? finding : { ...finding, accepted: reason };
  });
}

function isOf({ code, file, path }: AcceptedWarning, finding: Finding): boolean {
  return finding.code === code && finding.file === file && finding.path === path;
}

/** What is accepted and isn't there, or twice. For whoever has seen every finding of the estate. */
export function unusedAcceptances(findings: readonly Finding[], accepted: readonly AcceptedWarning[] = []): Finding[] {
  return accepted.flatMap((one, i) => {
    const there = findings.some((finding) => finding.severity === 'warning' && isOf(one, finding));
    const twice =
      accepted.findIndex((other) => other.code === one.code && other.file === one.file && other.path === one.path) !== i;
    if (there && !twice) return [];
    const open = findings.filter(
      (f) => f.severity === 'warning' && f.code === one.code && f.file === one.file && f.accepted === undefined,
    );
    const near = there
      ? undefined
      : (nearest(
          one.path,
          open.map(({ path }) => path),
        ) ?? (open.length === 1 ? open[0]!.path : undefined));
    const path = [...one.at.path, 'path'];
    const write = [...(near === undefined ? [] : [set(path, near)]), remove(one.at.path)];
    return [
      {
        ...one.at.where,
        code: 'ACCEPTANCE_UNUSED',
        severity: 'warning' as const,
        path: path.join('.'),
        message: there
          ? `${one.code} at ${one.path} is accepted twice`
          : `there is no warning ${one.code} at ${one.path} of ${one.file}`,
        why: 'one that was forgotten would accept the next finding at that place, which nobody has looked at',
        ...advised(one.at.where.file, path, { write }),
      },
    ];
  });
}
