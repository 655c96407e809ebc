/** Estates to try faults on, and all that becomes of their files without a disk or a cloud. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aliyunOut } from '../../lib/cli/aliyun-out';
import { fillApp, newApp } from '../../lib/cli/estate-app';
import { idcFiles } from '../../lib/cli/idc-out';
import { collectionFindings } from '../../lib/collection/findings';
import { diskSource, packageRoot } from '../../lib/estate/files/disk-source';
import { FindingsError } from '../../lib/estate/findings/finding';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { fragmentFindings, renderFindings } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';

export type Files = Readonly<Record<string, string>>;

const packaged = diskSource(packageRoot());

/** Files of an estate: its regions, and as its own the profiles of this package that it uses. */
function filesOf(root: string, profiles: readonly string[]): Files {
  const files: Record<string, string> = {};
  for (const name of readdirSync(join(root, 'regions')))
    files[`regions/${name}`] = readFileSync(join(root, 'regions', name), 'utf8');
  for (const profile of profiles) {
    for (const name of readdirSync(join(packageRoot(), 'cloud-config', profile)))
      files[`cloud-config/${profile}/${name}`] = readFileSync(join(packageRoot(), 'cloud-config', profile, name), 'utf8');
  }
  return files;
}

const OWN = ['base', 'etcd', 'docker', 'updates', 'kafka', 'line-agent'];
export const estates: Readonly<Record<string, Files>> = {
  example: filesOf(packageRoot(), OWN),
  hybrid: filesOf(join(packageRoot(), 'test/estates/hybrid'), OWN),
  aliyun: filesOf(join(packageRoot(), 'test/estates/aliyun'), OWN),
  collection: filesOf(join(packageRoot(), 'test/estates/collection'), OWN),
};

/** Tokens that aws-cdk-lib remembers. */
function tokens(): Map<string, unknown> {
  const { __cdkTokenMap: kept } = globalThis as unknown as { __cdkTokenMap?: { stringTokenMap: Map<string, unknown> } };
  return kept?.stringTokenMap ?? new Map();
}

/** All that happens to files without a disk or a cloud: what `validate` says, and where it says nothing what is emitted. */
export function everything(files: Files, emit: boolean): string[] {
  const { estate, fragments, findings } = readEstate(memorySource(files), { packaged, today: '2026-11-30' });
  const errors = () => findings.some(({ severity }) => severity === 'error');
  const all = [...findings];
  if (estate === undefined || errors()) all.push(...fragmentFindings(fragments));
  else {
    try {
      all.push(...collectionFindings(estate), ...renderFindings(estate, planEstate(estate)));
      if (emit && !all.some(({ severity }) => severity === 'error')) {
        try {
          const known = new Set(tokens().keys());
          fillApp(newApp(), estate);
          aliyunOut(estate);
          idcFiles(estate);
          // aws-cdk-lib keeps every token of every app for as long as the process lives. Those of pseudo parameters are made once, for all apps.
          for (const token of tokens().keys()) if (!known.has(token) && !token.includes('AWS.')) tokens().delete(token);
        } catch (error) {
          throw error instanceof FindingsError
            ? new Error(`accepted by validate, refused by the emitters: ${error.message}`)
            : error;
        }
      }
    } catch (error) {
      if (!(error instanceof FindingsError)) throw error;
      all.push(...error.findings);
    }
  }
  return all
    .filter(({ severity }) => severity === 'error')
    .map(({ file, code, path, message }) => `${file} ${code} ${path} ${message}`);
}
