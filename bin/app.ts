/** The CDK app: `cdk.json` runs its compiled form. `-c region=sa-east-1[,us-east-1]` selects regions before anything is constructed. */
import { fillApp, newApp, refuseOldImages } from '../lib/cli/estate-app';
import { findRegion, loadValid, sayWarnings } from '../lib/cli/loading';
import { processOutput } from '../lib/cli/output';
import { explain } from '../lib/cli/verb';

const output = processOutput();
try {
  const app = newApp();
  const selected = app.node.tryGetContext('region') as unknown;
  const regions = typeof selected === 'string' ? selected.split(',').filter((name) => name !== '') : undefined;
  const context = { root: process.cwd(), today: new Date().toISOString().slice(0, 10), output };
  const { estate, warnings } = loadValid(context, regions);
  // The CDK CLI exits 0 on a selector that matches nothing; an unknown region must not look like "no changes".
  for (const name of regions ?? []) findRegion(estate, name);
  sayWarnings(warnings, context);
  fillApp(app, estate, regions === undefined ? {} : { regions });
  refuseOldImages(app, estate, warnings);
  app.synth();
} catch (error) {
  explain(error, { json: false, output });
  process.exitCode = 1;
}
