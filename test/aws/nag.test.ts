import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ACKNOWLEDGED, ACKNOWLEDGED_NAG } from '../../lib/aws/acknowledged';
import { emitEstate } from '../../lib/aws/app';
import { FLEETS, HOST_GW, plan, region, textOf } from './fixtures';

function violations(expand: boolean): string[] {
  const app = new App({ analyticsReporting: false, treeMetadata: false });
  emitEstate(app, plan([region(FLEETS, HOST_GW)]), { userDataOf: textOf('x'), expand });
  const report = new AwsSolutionsChecks(app).validateScope(app);
  return report.violations.map((violation) => violation.ruleName);
}

test('cdk-nag AwsSolutions over an expanded region finds nothing that is not suppressed', () => {
  expect(violations(true)).toEqual([]);
});

test('each suppression has a reason', () => {
  const reasons = [ACKNOWLEDGED, ...Object.values(ACKNOWLEDGED_NAG)].flatMap((rules) => Object.values(rules));
  for (const reason of reasons) expect(reason.split(' ').length).toBeGreaterThan(6);
});
