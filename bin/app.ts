/**
 * The CDK app: `cdk.json` runs its compiled form. Selects before anything is constructed: `-c region=sa-east-1[,us-east-1]` has the
 * stacks of these regions, `-c link=sa-east-1--us-east-1` those of this link; without either there are all.
 */
import { fillApp, findLink, newApp, refuseOldImages } from '../lib/cli/estate-app';
import { findRegion, loadValid, sayWarnings } from '../lib/cli/loading';
import { processOutput } from '../lib/cli/output';
import { explain } from '../lib/cli/verb';

const output = processOutput();
try {
  const app = newApp();
  const selected = (key: string): string[] | undefined => {
    const value = app.node.tryGetContext(key) as unknown;
    return typeof value === 'string' ? value.split(',').filter((name) => name !== '') : undefined;
  };
  const links = selected('link');
  const regions = selected('region') ?? (links === undefined ? undefined : []);
  const context = { root: process.cwd(), today: new Date().toISOString().slice(0, 10), output };
  const { estate, warnings } = loadValid(context, regions);
  // The CDK CLI exits 0 on a selector that matches nothing; an unknown name must not look like "no changes".
  for (const name of regions ?? []) findRegion(estate, name);
  for (const path of links ?? []) findLink(estate, path);
  sayWarnings(warnings, context);
  fillApp(app, estate, { ...(regions === undefined ? {} : { regions }), ...(links === undefined ? {} : { links }) });
  refuseOldImages(app, estate, warnings);
  app.synth();
} catch (error) {
  explain(error, { json: false, output });
  process.exitCode = 1;
}
