import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { emitEstate } from '../../lib/aws/app';
import { ACKNOWLEDGED, ACKNOWLEDGED_NAG } from '../../lib/aws/fleet/acknowledged';
import type { EstatePlan } from '../../lib/plan/model';
import { joined } from '../e2e/variants';
import { FLEETS, HOST_GW, plan, region, textOf } from './fixtures';

function violations(from: EstatePlan): string[] {
  const app = new App({ analyticsReporting: false, treeMetadata: false });
  emitEstate(app, from, { userDataOf: textOf('x'), expand: true });
  const report = new AwsSolutionsChecks(app).validateScope(app);
  return report.violations.map((violation) => violation.ruleName);
}

test('cdk-nag AwsSolutions over an expanded region finds nothing that is not suppressed', () => {
  expect(violations(plan([region(FLEETS, HOST_GW)]))).toEqual([]);
});

test('nor over links of every kind, across accounts too', () => {
  expect(violations(joined())).toEqual([]);
});

test('each suppression has a reason', () => {
  const reasons = [ACKNOWLEDGED, ...Object.values(ACKNOWLEDGED_NAG)].flatMap((rules) => Object.values(rules));
  for (const reason of reasons) expect(reason.split(' ').length).toBeGreaterThan(6);
});
