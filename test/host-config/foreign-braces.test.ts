import type { Finding } from '../../lib/estate/findings/finding';
import { hostConfig } from '../../lib/host-config/host-config';
import { context, profile } from './fixtures';

/** What a host gets of a text, and what is wrong with it. */
function onHost(content: string): { readonly content: string; readonly findings: readonly Finding[] } {
  const { config, findings } = hostConfig(context(), [
    profile('p', JSON.stringify({ files: [{ path: '/etc/a.json', content }] })),
  ]);
  return { content: config.files.find(({ path }) => path === '/etc/a.json')!.content, findings };
}

const OTHERS =
  'write \\{{ for {{, or keep the text in a file of the folder that `source` names, or say `template: false` beside `content`.';

test.each([
  "docker ps --format '{{json .}}'",
  '{{ json . }}',
  '{{.}}',
  '{{this}}',
  '{{json this}}',
  '{{@root}}',
  '{{json @root}}',
  '{{#each this}}{{@key}}={{this}}{{/each}}',
  '{{#each .}}{{.}}{{/each}}',
  '{{#each @root}}{{@key}}{{/each}}',
  '{{#with this}}{{json .}}{{/with}}',
  '{{#with region}}{{json ..}}{{/with}}',
  '{{#each containers.pools}}{{json ../this}}{{/each}}',
  '{{#if this}}a{{/if}}',
  '{{lookup this "estate"}}',
  '{{json (lookup @root "params")}}',
])('everything that is known of a fleet is never a value: %s', (text) => {
  const { findings } = onHost(text);
  expect(findings).toMatchObject([
    {
      code: 'TEMPLATE_SYNTAX',
      message: expect.stringContaining('everything that is known'),
      fix: expect.stringContaining(OTHERS),
    },
  ]);
});

test.each([
  ['of Go', '{{.Names}}', 'TEMPLATE_SYNTAX'],
  ['of Go', '{{ range .Items }}{{ .Name }}{{ end }}', 'TEMPLATE_SYNTAX'],
  ['of Go', '{{json .State.Health}}', 'TEMPLATE_SYNTAX'],
  ['of Go', '{{- if x -}}', 'TEMPLATE_SYNTAX'],
  ['of Go', '{{ index .X 0 }}', 'TEMPLATE_SYNTAX'],
  ['of Go', '{{ with region }}{{ end }}', 'TEMPLATE_SYNTAX'],
  ['of Go', '{{ $x := 1 }}', 'TEMPLATE_SYNTAX'],
  ['of consul-template', '{{ key "a/b" }}', 'TEMPLATE_SYNTAX'],
  ['of Jinja', '{{ ds }}', 'TEMPLATE_VARIABLE'],
  ['of Jinja', '{{ a | default("b") }}', 'TEMPLATE_SYNTAX'],
  ['of Jinja', '{{ "{{" }}', 'TEMPLATE_SYNTAX'],
  ['of GitHub', '${{ secrets.TOKEN }}', 'TEMPLATE_VARIABLE'],
  ['of Prometheus', '{{ $labels.instance }} {{ $value }}', 'TEMPLATE_VARIABLE'],
  ['of Mustache', '{{{name}}}', 'TEMPLATE_SYNTAX'],
])('braces %s are refused with how they are written: %s', (_, text, code) => {
  const { findings } = onHost(text);
  expect(findings).toMatchObject([{ code, line: 1, file: 'cloud-config/p/cloud-config.yaml' }]);
  expect(findings[0]!.fix).toContain(OTHERS);
  // What is advised: it arrives as it was meant.
  expect(onHost(text.replaceAll('{{', '\\{{').replace('\\{{{', '\\{{{'))).toEqual({ content: text, findings: [] });
});

test.each(['{{json .}}', '{{ range .X }}', '{{region.name}}', '{% if a %}', '{{'])(
  'a text that is said to be no template is as it is written, of files, units and drop-ins: %s',
  (content) => {
    const own = { content, template: false };
    const { config, findings } = hostConfig(context(), [
      profile(
        'p',
        JSON.stringify({
          files: [{ path: '/etc/a', ...own }],
          units: [{ name: 'x.service', ...own, dropIns: [{ name: 'a.conf', ...own }] }],
        }),
      ),
    ]);
    const [unit] = config.units;
    expect(findings).toEqual([]);
    expect([config.files[0]!.content, unit!.content, unit!.dropIns[0]!.content]).toEqual([content, content, content]);
  },
);

test('escaped braces stand beside a value', () => {
  const { content, findings } = onHost('"\\{{json .}}" {{region.name}} \\{{ range .X }}');
  expect({ content, findings }).toEqual({ content: '"{{json .}}" "sa-east-1" {{ range .X }}', findings: [] });
});

test.each([
  ['a\n{{region}}', 'region', 'name, id, provider, partition, account, dnsSuffix, cidr', '{{region.name}}'],
  ['a\n{{fleet.metadata}}', 'fleet.metadata', 'role', '{{fleet.metadata.role}}'],
  ['a\n{{join region ","}}', 'region', 'name, id, provider, partition, account, dnsSuffix, cidr', '{{region.name}}'],
  ['a\n{{words region}}', 'region', 'name, id, provider, partition, account, dnsSuffix, cidr', '{{region.name}}'],
  ['a\n{{#if (quote region)}}b{{/if}}', 'region', 'name, id, provider, partition, account, dnsSuffix, cidr', '{{region.name}}'],
])('an object where text is wanted is told by its name, its fields and its line: %s', (text, name, fields, fix) => {
  expect(onHost(text).findings).toMatchObject([
    {
      // JSON has the whole text on one line.
      ...{ code: 'TEMPLATE_VALUE', line: 1 },
      message: `${name} is a whole object where text is wanted; its fields are ${fields}.`,
      fix: `Name one of its fields, for example ${fix}, or write {{json ${name}}}.`,
    },
  ]);
  expect(onHost(fix).findings).toEqual([]);
  expect(onHost(`{{json ${name}}}`).findings).toEqual([]);
});

test('so is a list, and every advice for it holds', () => {
  const [finding] = onHost('a\n\n{{containers.pools}}').findings;
  expect(finding).toMatchObject({
    code: 'TEMPLATE_VALUE',
    line: 1,
    message: 'containers.pools is a whole list where text is wanted.',
  });
  const advised = finding!.fix.match(/\{\{.*?\}\}/g)!.map((one) => (one.startsWith('{{#each') ? `${one}{{this}}{{/each}}` : one));
  expect(advised).toHaveLength(4);
  expect(advised.flatMap((one) => onHost(one).findings)).toEqual([]);
});

test.each([
  ['{{join containers.pools}}', 'join is given 1 values.'],
  ['{{eq region.name}}', 'eq is given 1 values.'],
  ['{{json region x=1}}', "json is given name=value, which it doesn't read."],
  ['{{add region.name 1}}', '{{add region.name 1}} adds something that is no number.'],
  ['{{#with region}}{{../../estate.name}}{{/with}}', '../../estate.name leads out of the outermost block.'],
])('a helper gets what it reads: %s', (text, message) => {
  expect(onHost(text).findings).toMatchObject([{ message }]);
});
