import { liveStacks, type Output, type Stack } from '../../../engine/stack';
import type { Region } from '../../store/world';

/** An export with the stack that gives it. */
export const findExport = (region: Region, name: string): { stack: Stack; value: string } | undefined => {
  for (const stack of liveStacks(region)) {
    const output = stack.outputs.find((o) => o.exportName === name);
    if (output) return { stack, value: output.value };
  }
  return undefined;
};

/** The stacks that read an export. */
export const importersOf = (region: Region, name: string): Stack[] => liveStacks(region).filter((s) => s.imports.includes(name));

/** Why a stack's outputs can't become these: another stack has the export's name, or one that goes or changes is in use. */
export function exportFault(region: Region, stack: Stack, next: Output[]): string | undefined {
  for (const output of next) {
    const other = output.exportName ? findExport(region, output.exportName) : undefined;
    if (other && other.stack.id !== stack.id)
      return `Export with name ${output.exportName} is already exported by stack ${other.stack.name}.`;
  }
  for (const old of stack.outputs) {
    if (!old.exportName) continue;
    const users = importersOf(region, old.exportName).filter((s) => s.id !== stack.id);
    if (users.length === 0) continue;
    const now = next.find((o) => o.exportName === old.exportName);
    const names = users.map((s) => s.name).join(', ');
    if (!now) return `Export ${old.exportName} cannot be deleted as it is in use by ${names}`;
    if (now.value !== old.value) return `Export ${old.exportName} cannot be updated as it is in use by ${names}`;
  }
  return undefined;
}
