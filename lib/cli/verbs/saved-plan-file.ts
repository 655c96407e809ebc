/** Saved plans on the disk: one JSON document with a digest of itself, so that one that was edited is not deployed. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { withFolderLock } from '../../disk/folder-lock';
import { readNamed, utf8 } from '../../disk/read-file';
import { writeFiles } from '../../disk/write-files';
import { packageRoot } from '../../estate/files/disk-source';
import { refusePlace } from '../out-path';
import { Refusal, type VerbContext } from '../verb';
import type { DeployTarget } from './deploy-target';
import type { DeployedStates } from './diff-deployed';
import { canonicalJson, digestOf, SAVED_PLAN_VERSION, type SavedPlan, savedPlan } from './saved-plan';

const DIGEST = z.string().regex(/^[0-9a-f]{64}$/);

const FILE = z.strictObject({
  kind: z.literal('meissa-plan'),
  version: z.literal(SAVED_PLAN_VERSION),
  meissa: z.string(),
  estate: z.string(),
  regions: z.array(z.string()),
  links: z.array(z.string()),
  described: z.strictObject({ regions: z.record(z.string(), DIGEST), links: DIGEST }),
  stands: z.array(
    z.strictObject({
      path: z.string(),
      status: z.string().optional(),
      changed: z.string().optional(),
      digest: DIGEST.optional(),
    }),
  ),
  accepted: z.array(z.string()),
  digest: DIGEST.describe('Of all above.'),
});

/** A stack takes 300 bytes. */
const MOST = { bytes: 16 * 1024 * 1024, why: 'the plan of fifty thousand stacks is smaller' };

export function meissaVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** Writes a plan in the place of whatever plan is there. @throws Refusal SAVE_NAME, OUT_PATH */
export async function savePlan(
  context: VerbContext,
  file: string,
  target: DeployTarget,
  deployed: DeployedStates,
  accepted: readonly string[] = [],
): Promise<void> {
  refuseSave(context, file);
  const plan = savedPlan(target, deployed, { meissa: meissaVersion(), accepted });
  const text = `${JSON.stringify({ ...plan, digest: digestOf(canonicalJson(plan)) }, null, 2)}\n`;
  await withFolderLock(dirname(resolve(file)), { verb: context.verb }, (lock) =>
    writeFiles(lock, [{ path: basename(file), text }]),
  );
  context.output.say(`saved: meissa deploy ${file} does this, and refuses when anything is other by then`);
}

/** `deploy` knows a plan by its name. */
export function refuseSave(context: Pick<VerbContext, 'root'>, file: string): void {
  const fix = '--save plan.json';
  if (!file.endsWith('.json')) throw new Refusal('SAVE_NAME', `${file} does not end in .json, by which deploy knows a plan`, fix);
  refusePlace(file, context.root, fix);
}

/** @throws Refusal NO_PLAN, PLAN_BROKEN; Unreadable for what is no file */
export function readPlan(file: string): SavedPlan {
  const bytes = readNamed(file, MOST);
  const fix = 'write one: meissa diff [region...] --save plan.json';
  if (bytes === undefined) throw new Refusal('NO_PLAN', `${file} is not there`, fix);
  const { digest, ...plan } = parsed(file, utf8(file, bytes), fix);
  if (digestOf(canonicalJson(plan)) !== digest)
    throw new Refusal('PLAN_BROKEN', `${file} was edited after it was saved: its digest is another one`, fix);
  return plan as SavedPlan;
}

function parsed(file: string, text: string, fix: string): z.infer<typeof FILE> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('PLAN_BROKEN', `${file} is no JSON`, fix);
  }
  const found = FILE.safeParse(value);
  if (found.success) return found.data;
  const [first] = found.error.issues;
  throw new Refusal(
    'PLAN_BROKEN',
    `${file} is no plan of this version: ${first!.path.join('.') || 'it'}: ${first!.message}`,
    fix,
  );
}
