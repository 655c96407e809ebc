/**
 * The CDK app: `cdk.json` runs its compiled form. Selects before anything is constructed: `-c region=sa-east-1[,us-east-1]` has the
 * stacks of these regions, `-c link=sa-east-1--us-east-1` those of this link; without either there are all. `-c aliyun=us-east-1` has those of
 * Aliyun too, kept by CloudFormation in that AWS region.
 */
import { fillApp, findLink, newApp, refuseOldImages, synthApp } from '../lib/cli/estate-app';
import { findRegion, loadValid, sayWarnings } from '../lib/cli/loading';
import { freeOut } from '../lib/cli/out-path';
import { explain } from '../lib/cli/verb';
import { processOutput } from '../lib/cli/words/output';
import { claimForCdk } from '../lib/disk/owned-folder';

const output = processOutput();

async function main(): Promise<void> {
  const { CDK_OUTDIR } = process.env;
  // Before CDK's own files come into it: what an interrupted synthesis leaves is ours too.
  if (CDK_OUTDIR !== undefined)
    claimForCdk(CDK_OUTDIR, `a folder that is empty or not there: cdk synth --output ${freeOut(process.cwd())}`);
  const app = newApp();
  const selected = (key: string): string[] | undefined => {
    const value = app.node.tryGetContext(key) as unknown;
    return typeof value === 'string' ? value.split(',').filter((name) => name !== '') : undefined;
  };
  const links = selected('link');
  const regions = selected('region') ?? (links === undefined ? undefined : []);
  const text = (key: string): string | undefined => {
    const value = app.node.tryGetContext(key) as unknown;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const context = { root: process.cwd(), today: new Date().toISOString().slice(0, 10), output };
  const { estate, warnings } = loadValid(context, regions);
  // The CDK CLI exits 0 on a selector that matches nothing; an unknown name must not look like "no changes".
  for (const name of regions ?? []) findRegion(estate, name);
  for (const path of links ?? []) findLink(estate, path);
  sayWarnings(warnings, context);
  const chosen = { ...(regions === undefined ? {} : { regions }), ...(links === undefined ? {} : { links }) };
  fillApp(app, estate, chosen);
  const home = text('aliyun');
  if (home !== undefined) {
    // Lambda's and Step Functions' constructs cost a start a third of a second.
    const { fillAliyun } = await import('../lib/cli/aliyun-stacks');
    const secret = text('aliyun-secret');
    fillAliyun(app, estate, { ...chosen, home, ...(secret === undefined ? {} : { secret }) });
  }
  refuseOldImages(app, estate, warnings);
  synthApp(app, estate);
}

main().catch((error: unknown) => {
  explain(error, { json: false, output });
  process.exitCode = 1;
});
