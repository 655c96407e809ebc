/**
 * A second opinion on every synthesis: CDK's own CloudFormation Validate. It costs 3 s and 300 MB a process, so the other
 * tests have it off (test/setup.ts) and this one asks it in child processes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACKNOWLEDGED } from '../../lib/aws/fleet/acknowledged';
import { type Ran, run, TYPESCRIPT } from '../child/run';
import { removeTemporaryFolders, templatesIn, temporaryFolder } from './example';

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly Violation[];
    readonly suppressedViolations?: readonly Violation[];
  }[];
}

describe("CDK's CloudFormation Validate", () => {
  afterAll(removeTemporaryFolders);

  test('it has no finding in a region of the example estate, but for those that are acknowledged with a reason', async () => {
    const { ran, outdir, report } = await synthesize('bin/app.ts', { region: 'sa-east-1' });
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).not.toContain('Acknowledge with');
    expect(templatesIn(outdir)).toHaveLength(9);
    const [asked] = report.pluginReports;
    expect(asked?.violations).toEqual([]);
    // An acknowledgement that meets nothing would hide the first finding that it wasn't written for.
    expect(new Set(asked?.suppressedViolations?.map((v) => v.ruleName))).toEqual(new Set(Object.keys(ACKNOWLEDGED)));
  }, 120_000);

  test('nor in what the example does not ask for: host-gw, prefixes, another partition, every kind of link, elastic front ends', async () => {
    const { ran, outdir, report } = await synthesize('test/child/variants-app.ts', {});
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(templatesIn(outdir)).toHaveLength(12 + 14 + 11 + 5);
    expect(report.pluginReports.flatMap((asked) => asked.violations)).toEqual([]);
  }, 120_000);

  test('it stops a synthesis whose image id is malformed', async () => {
    const { ran, report } = await synthesize('test/child/malformed-image-app.ts', {});
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain("'ami-123xyz' does not match format 'AWS::EC2::Image.Id'");
    const [asked] = report.pluginReports;
    expect(asked?.violations).toEqual([expect.objectContaining({ ruleName: 'E1152', severity: 'error' })]);
  }, 120_000);
});

async function synthesize(app: string, context: object): Promise<{ ran: Ran; outdir: string; report: Report }> {
  const outdir = temporaryFolder();
  const ran = await run(process.execPath, [...TYPESCRIPT, app], {
    env: { CDK_VALIDATION: undefined, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
    timeout: 110,
  });
  return { ran, outdir, report: JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) };
}
