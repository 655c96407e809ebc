/** Members: resources that no engine ever deletes to make them anew. */
import { DeployError } from '../deploy-error';

/** Those of logical ids that belong to members. */
export function membersAmong(logicalIds: readonly string[]): string[] {
  return logicalIds.filter((id) => /^M\d+(G\d+(?=Volume))?(Instance|Volume|Attach|Route|Gate|Handle)/.test(id));
}

/** The engine would delete a member first, and its root disk with it. */
export function memberReplacement(path: string, members: readonly string[]): DeployError {
  return new DeployError(
    'MEMBER_REPLACEMENT',
    `${path}: ${members.join(', ')}: of a member, which the engine never replaces; nothing of the stack was changed`,
    'take back what would replace it; who wants a new host says so: meissa replace <host>, in two deploys',
  );
}
