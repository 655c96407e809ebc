/** What no output may hold, and how many hosts stand in a line. */
import { gzipSync } from 'node:zlib';
import { diffJson, diffMarkdown, diffStacks, diffText, type StackState } from '../../../lib/review/diff';
import { userDataText } from '../../../lib/review/diff/meaning/user-data-text';
import type { JsonObject } from '../../../lib/review/diff/model/json';
import { hostList } from '../../../lib/review/diff/words/host-list';

const state = (template: JsonObject, rest: Partial<StackState> = {}): StackState => ({
  path: 'r/s',
  name: 'r-s',
  provider: 'aws',
  template,
  ...rest,
});

function everyOutput(before: StackState, after: StackState): string {
  const diffs = [diffStacks(before, after)];
  return [diffText(diffs), diffMarkdown(diffs), JSON.stringify(diffJson(diffs))].join('\n');
}

test('secrets are said to change, and never shown', () => {
  const secrets = ['hunter2hunter2', 'correct-horse', 'p4ssw0rd-of-old', 'p4ssw0rd-of-new', 'echo-less-1', 'echo-less-2'];
  const template = (password: string, key: string, echo: string): JsonObject => ({
    Parameters: { Hidden: { Type: 'String', NoEcho: true, Default: echo } },
    Resources: {
      Redis: { Type: 'ALIYUN::REDIS::Instance', Properties: { Password: password } },
      Vpn: { Type: 'AWS::EC2::VPNConnection', Properties: { Options: [{ PreSharedKey: key }, { PreSharedKey: key }] } },
    },
  });
  const said = everyOutput(
    state(template(secrets[0]!, secrets[2]!, secrets[4]!), { parameters: { Hidden: secrets[4]!, RedisPassword: secrets[0]! } }),
    state(template(secrets[1]!, secrets[3]!, secrets[5]!), { parameters: { Hidden: secrets[5]!, RedisPassword: secrets[1]! } }),
  );
  for (const secret of secrets) expect(said).not.toContain(secret);
  for (const what of [
    'value of parameter Hidden: changes (not shown)',
    'value of parameter RedisPassword: changes (not shown)',
  ]) {
    expect(said).toContain(what);
  }
  expect(said).toContain('Password (not shown)');
});

test('secrets in user-data: the lines change, their text is not shown', () => {
  const key = (body: string) => `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----\n`;
  const text = (password: string, body: string) => `#cloud-config\npassword: ${password}\n${key(body)}end: 1\n`;
  const template = (of: string): JsonObject => ({
    Resources: { I: { Type: 'AWS::EC2::Instance', Properties: { UserData: Buffer.from(of).toString('base64') } } },
  });
  const said = everyOutput(state(template(text('swordfish1', 'AAAAbody1'))), state(template(text('swordfish2', 'AAAAbody2'))));
  for (const secret of ['swordfish', 'AAAAbody']) expect(said).not.toContain(secret);
  expect(said).toContain('-(not shown)\n');
  expect(said).toContain('+(not shown)\n');
  expect(said).not.toContain(Buffer.from('#cloud-config').toString('base64').slice(0, 12));
});

test('user-data is decoded from wherever it stands', () => {
  const text = '#cloud-config\nhello: "${HOME}"\n';
  const [plain, gzipped] = [Buffer.from(text).toString('base64'), gzipSync(text).toString('base64')];
  const template: JsonObject = { Mappings: { UserData: { Fleet: { Text: text, Base64: gzipped } } } };
  const find = (key: string) => ({ 'Fn::FindInMap': ['UserData', 'Fleet', key] });
  for (const value of [{ 'Fn::Base64': find('Text') }, find('Base64'), plain, gzipped, { 'Fn::Base64': text }]) {
    expect(userDataText(value, template, 'aws')).toBe(text);
  }
  for (const value of [find('Text'), find('Base64'), text, plain, { 'Fn::Base64Encode': text }, { 'Fn::Base64Decode': plain }]) {
    expect(userDataText(value, template, 'aliyun')).toBe(text);
  }
  expect(userDataText({ 'Fn::Join': ['', ['id: ', { Ref: 'VpcIdG1' }, '\n']] }, template, 'aliyun')).toBe('id: ${VpcIdG1}\n');
  expect(userDataText('abcdefgh', template, 'aliyun')).toBe('abcdefgh');
  expect(userDataText(undefined, template, 'aws')).toBeUndefined();
  const broken = Buffer.concat([gzipSync(text).subarray(0, 12)]).toString('base64');
  expect(userDataText(broken, template, 'aws')).toContain("can't be read");
});

test('the same text in another encoding stops and starts the host, and says no patch', () => {
  const of = (UserData: string): JsonObject => ({ Resources: { I: { Type: 'AWS::EC2::Instance', Properties: { UserData } } } });
  const text = '#cloud-config\n';
  const diff = diffStacks(state(of(Buffer.from(text).toString('base64'))), state(of(gzipSync(text).toString('base64'))));
  expect(diff.meanings.map(({ kind }) => kind)).toEqual(['host-restarts']);
  expect(diff.userData).toEqual([]);
});

test('many hosts stand in one line', () => {
  const hosts = (prefix: string, numbers: number[]) => numbers.map((n) => `${prefix}-${n}`);
  expect(hostList([...hosts('a-core-x', [3, 1, 2, 7, 10, 9]), ...hosts('b-core-y', [1, 2]), 'M1'])).toBe(
    'M1; a-core-x-1..3, 7, 9, 10; b-core-y-1, 2',
  );
});

test('Markdown takes nothing of a template for its own', () => {
  const of = (value: string): JsonObject => ({ Outputs: { Out: { Value: value } } });
  const said = diffMarkdown([diffStacks(state(of('a')), state(of('<img src=x> **b** `c` | [d](e)')))]);
  expect(said).toContain('&lt;img src=x&gt; \\*\\*b\\*\\* \\`c\\` \\| \\[d\\](e)');
});

test('colours are who reads them to choose', () => {
  const diff = [diffStacks(state({ Outputs: {} }), state({ Resources: { A: { Type: 'AWS::EC2::EIP' } } }))];
  expect(diffText(diff)).not.toContain('\u001b');
  expect(diffText(diff, { paint: (style, text) => `<${style}>${text}` })).toContain('<bold><green>What comes');
});

test('a comment is never longer than one may be: texts go first, then lines from the end', () => {
  const rules = (n: number) =>
    Object.fromEntries(
      Array.from({ length: n }, (_, i) => [
        `I${i}`,
        {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: {
            CidrIp: `10.0.${i >> 8}.${i & 255}/32`,
            IpProtocol: 'tcp',
            FromPort: 1,
            ToPort: 1,
            GroupId: { Ref: 'G' },
          },
        },
      ]),
    );
  const userData = (text: string) => ({ I: { Type: 'AWS::EC2::Instance', Properties: { UserData: { 'Fn::Base64': text } } } });
  const lines = (word: string) => Array.from({ length: 6000 }, (_, i) => `${word} ${i}`).join('\n');
  const one = diffMarkdown([diffStacks(state({ Resources: userData(lines('a')) }), state({ Resources: userData(lines('b')) }))]);
  expect(one.length).toBeLessThan(65_536);
  expect(one).toContain('6000 lines come, 6000 go (too long for a comment');
  const many = diffMarkdown([diffStacks(state({}), state({ Resources: rules(2000) }))]);
  expect(many.length).toBeLessThan(65_536);
  expect(many).toMatch(/\.\.\. and \d+ more lines, 0 more texts: `meissa diff --all` prints all of it\n$/);
});

test('a thousand members are compared in a moment', () => {
  const members = (type: string): JsonObject => ({
    Resources: Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [
        `M${i + 1}InstanceG1`,
        {
          Type: 'AWS::EC2::Instance',
          Properties: { InstanceType: type, Tags: [{ Key: 'Name', Value: `r-c-f-${i + 1}` }] },
          ...(i === 0 ? {} : { DependsOn: [`M${i}InstanceG1`] }),
        },
      ]),
    ),
  });
  const began = process.cpuUsage();
  const text = diffText([diffStacks(state(members('a')), state(members('b')))]);
  const { user, system } = process.cpuUsage(began);
  expect(text).toContain('1000 hosts stop and start, one at a time: InstanceType a -> b\n      r-c-f-1..1000\n');
  expect((user + system) / 1e6).toBeLessThan(3);
});
