/** A second opinion on every template: CloudFormation Validate with CDK's rules, as `deploy`, `rehearse` and `synth --check` ask it. */
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { emitEstate } from '../../lib/aws/app';
import { ACKNOWLEDGED } from '../../lib/aws/fleet/acknowledged';
import { templateFindings } from '../../lib/aws/template-check';
import { newApp, synthEstate } from '../../lib/cli/estate-app';
import type { Finding } from '../../lib/estate/findings/finding';
import type { MemberEntry } from '../../lib/estate/model/locks';
import { TEXT, textOf } from '../aws/fixtures';
import { estate, region, STORAGE, VOTERS } from '../plan/estate-fixture';
import { exampleEstate, removeTemporaryFolders, templatesIn, temporaryFolder } from './example';
import { china, draining, everything, joined } from './variants';

jest.setTimeout(300_000);

describe('CloudFormation Validate', () => {
  afterAll(removeTemporaryFolders);

  test('it has no finding in the whole example estate, but for those that are acknowledged with a reason', () => {
    const outdir = temporaryFolder();
    const heard: Finding[] = [];
    const stacks = synthEstate(exampleEstate(), { outdir, check: (found) => void heard.push(...found) });
    expect(heard).toEqual([]);
    expect(templatesIn(outdir)).toHaveLength(stacks.length);
    // An acknowledgement that meets nothing would hide the first finding that it wasn't written for.
    const asked = templateFindings(new CloudAssembly(outdir), {});
    expect(new Set(asked.map(({ code }) => code))).toEqual(new Set(Object.keys(ACKNOWLEDGED).map((rule) => `CFN_${rule}`)));
  });

  test('nor in what the example does not ask for: host-gw, prefixes, another partition, every kind of link, elastic front ends', () => {
    const app = newApp(temporaryFolder());
    for (const plan of [everything(), china(), joined()]) emitEstate(app, plan, { userDataOf: textOf(TEXT) });
    emitEstate(app, draining(), { userDataOf: textOf(TEXT), links: 'none' });
    const assembly = app.synth();
    expect(assembly.stacks).toHaveLength(12 + 14 + 11 + 5);
    expect(templateFindings(assembly)).toEqual([]);
  });

  test('what it refuses is a finding with its template, resource and property, and nothing is handed on', () => {
    const lock = (key: string, entry: MemberEntry) => (key.includes('storage') ? { ...entry, image: 'ami-123xyz' } : entry);
    // The estate's own rules refuse such an image; here they aren't asked.
    const malformed = estate({ regions: [region([STORAGE, VOTERS])], lock });
    const check = jest.fn();
    expect(() => synthEstate(malformed, { outdir: temporaryFolder(), check })).toThrow(
      expect.objectContaining({
        findings: expect.arrayContaining([
          expect.objectContaining({
            file: expect.stringMatching(/^cdk\.out\/saeast1corestorage1\w+\.template\.json$/),
            code: 'CFN_E1152',
            severity: 'error',
            path: expect.stringMatching(/^Resources\.\w+\.Properties\.ImageId$/),
            message: expect.stringContaining("'ami-123xyz' does not match format 'AWS::EC2::Image.Id'"),
          }),
        ]),
      }),
    );
    expect(check).not.toHaveBeenCalled();
  });

  test("it is not asked by CDK's own synthesis", () => {
    const before = process.env.CDK_VALIDATION;
    delete process.env.CDK_VALIDATION;
    try {
      expect(newApp(temporaryFolder())._builtinCloudFormationValidation).toBe(false);
    } finally {
      process.env.CDK_VALIDATION = before;
    }
  });
});
