import { AWS } from '../clouds/aws';
import { cloudAt } from '../clouds/clouds';
import { visible } from '../encode/terminal';
import type { FleetContext } from '../plan/model';
import type { BudgetLine, Section } from './model';

/**
 * Bytes that the user-data of a fleet has at most, before base64: what an instance takes, or where hosts fetch their configuration at
 * every boot what that may have. A data centre's hosts read theirs from their own disk; the least of the clouds is kept there too.
 */
export function userDataLimit({ region }: Pick<FleetContext, 'region'>): number {
  const cloud = cloudAt(region) ?? AWS;
  return fetched({ region }) ? cloud.configurationBytes! : cloud.userDataBytes;
}

/** Whether hosts fetch it as a configuration: their own user-data is a bootstrap. */
export function fetched({ region }: Pick<FleetContext, 'region'>): boolean {
  return cloudAt(region)?.configurationBytes !== undefined;
}

/** Bytes of each section of a written user-data, those of one profile together, the profiles in order of the first. */
export function budgetOf(sections: readonly Section[]): BudgetLine[] {
  const lines = new Map<string, { section: string; profile: string; bytes: number }>();
  for (const { profile, name, text } of sections) {
    const section = `profile:${profile} ${name}`;
    const line = lines.get(section) ?? { section, profile, bytes: 0 };
    line.bytes += Buffer.byteLength(text);
    lines.set(section, line);
  }
  const order = [...new Set([...lines.values()].map((line) => line.profile))];
  return [...lines.values()].sort(
    (a, b) => order.indexOf(a.profile) - order.indexOf(b.profile) || b.bytes - a.bytes || (a.section < b.section ? -1 : 1),
  );
}

/** The budget as a table: a sum for each profile, below it what it is made of, the largest first. */
export function budgetTable(budget: readonly BudgetLine[], limit: number): string {
  const rows: string[] = [];
  const row = (name: string, bytes: number): void => {
    rows.push(`${bytes.toLocaleString('en-US').padStart(8)}  ${visible(name)}`);
  };
  const sum = (lines: readonly BudgetLine[]): number => lines.reduce((total, line) => total + line.bytes, 0);
  for (const profile of new Set(budget.map((line) => line.profile))) {
    const own = budget.filter((line) => line.profile === profile);
    row(profile, sum(own));
    for (const line of own) row(`  ${line.section.slice(`profile:${profile} `.length)}`, line.bytes);
  }
  row(`of ${limit.toLocaleString('en-US')}`, sum(budget));
  return rows.join('\n');
}
