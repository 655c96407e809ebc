import { visible } from '../encode/terminal';
import type { BudgetLine, Section } from './model';

/** What an instance takes of user-data, bytes before base64. AWS: "Instance user data is limited to 16 KB, in raw form" (EC2 User Guide, Instance metadata and user data); Aliyun: 16 KB. */
export const userDataLimit = 16_384;

/** What a configuration has at most that the members of a fleet fetch from their bucket: every host reads all of it at every boot. */
export const configurationLimit = 262_144;

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
export function budgetTable(budget: readonly BudgetLine[], limit = userDataLimit): string {
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
