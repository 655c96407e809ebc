import fc from 'fast-check';
import type { Finding } from '../../lib/estate/findings/finding';
import { renderFragment } from '../../lib/host-config/fragment';
import type { FleetContext } from '../../lib/plan/model';
import { context, profile } from './fixtures';

function render(fragment: string, files: Record<string, string> = {}, changes: Partial<FleetContext> = {}) {
  const findings: Finding[] = [];
  const rendered = renderFragment(profile('mine', fragment, files), context(changes), findings);
  return { ...rendered, findings };
}

/** The finding's code, line and what to write. */
function told(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${finding.file}:${finding.line} ${finding.code} ${finding.message} ${finding.fix}`);
}

const file = (content: string): string => `files:\n  - path: /etc/x\n    content: ${content}\n    language: lines\n`;

describe('a template', () => {
  test('sees the fleet, its own parameters and its own name', () => {
    const { files } = render(
      file(`'{{region.name}} {{params.size}} {{profile}}'`),
      {},
      { parameters: { mine: { size: 3 }, other: { size: 4 } } },
    );
    expect(files[0]!.content).toBe('sa-east-1 3 mine');
  });

  test('can never break the structure by a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const parameters = { mine: { value } };
        const rendered = render(
          `files:\n  - path: /etc/x.json\n    content: '{"a": "{{params.value}}", "b": {{params.value}} }'\n  - path: /etc/y\n    content: y\n`,
          {},
          { parameters },
        );
        if (/\0|\p{Surrogate}/u.test(value)) return expect(told(rendered.findings)[0]).toMatch(/VALUE_UNENCODABLE/);
        expect(rendered.findings).toEqual([]);
        expect(rendered.files.map(({ path }) => path)).toEqual(['/etc/x.json', '/etc/y']);
        expect(JSON.parse(rendered.files[0]!.content)).toEqual({ a: value, b: value });
      }),
    );
  });

  test.each([
    ['plain', `a {{cluster.generatio}}`, 3, 16],
    ['quoted with escapes', `"\\ta \\u00e9 {{profile}} {{cluster.generatio}}"`, 3, 38],
    ['literal', `|\n      one {{profile}}\n      two {{cluster.generatio}}`, 5, 11],
    ['folded', `>\n      one {{profile}}\n      two {{cluster.generatio}}`, 5, 11],
    ['over two lines', `'one {{profile}}\n      two {{cluster.generatio}}'`, 4, 11],
    ['no Handlebars', `|\n      one {{profile}}\n      two {{#if profile}} three`, 5, 11],
    ['with a helper that is none', `|\n      one\n        two {{jsn params}}`, 5, 13],
  ])('that is %s is told with the line and column of its file', (_, content, line, column) => {
    expect(render(file(content)).findings).toMatchObject([{ line, column }]);
  });

  test('with a missing variable is a finding with its line and the nearest right name', () => {
    expect(told(render(file(`|\n      one\n      two {{cluster.generatio}}`)).findings)).toEqual([
      'cloud-config/mine/cloud-config.yaml:5 TEMPLATE_VARIABLE There is no variable cluster.generatio. Write cluster.generation.',
    ]);
    expect(told(render(file(`'{{parms.size}}'`)).findings)[0]).toContain('There is params, without size.');
  });

  test('with a missing variable as the argument of a helper is a finding too', () => {
    for (const text of [
      '{{#if cluster.etc}}a{{/if}}',
      '{{eq cluster.etc 1}}',
      '{{#each cluster.etc}}a{{/each}}',
      '{{json (not cluster.etc)}}',
    ]) {
      expect(told(render(file(`'${text}'`)).findings)[0]).toMatch(
        /TEMPLATE_VARIABLE There is no variable cluster.etc. Write cluster.etcd./,
      );
    }
  });

  test('of broken Handlebars is a finding with its line', () => {
    expect(told(render(file(`|\n      fine\n      {{#if profile}}\n      open`)).findings)[0]).toMatch(
      /:\d+ TEMPLATE_SYNTAX The template is not valid Handlebars/,
    );
    expect(told(render(file(`'{{nothing profile}}'`)).findings)[0]).toMatch(/There is no helper nothing/);
    expect(told(render(file(`'{{> partial}}'`)).findings)[0]).toMatch(/Partials and decorators are not used/);
  });

  test.each([
    ['{{{profile}}}', 'TEMPLATE_SYNTAX A value is put as it is'],
    ['{{&profile}}', 'TEMPLATE_SYNTAX A value is put as it is'],
    ['{{#lookup params "x"}}{{/lookup}}', 'TEMPLATE_SYNTAX lookup is no block'],
    ['{{#json params}}{{/json}}', 'TEMPLATE_SYNTAX json is no block'],
    ['{{#profile}}{{/profile}}', 'TEMPLATE_SYNTAX profile is no block'],
    ['{{{{raw}}}}{{profile}}{{{{/raw}}}}', 'TEMPLATE_SYNTAX raw is no block'],
    ['{{eq (profile) 1}}', 'TEMPLATE_SYNTAX There is no helper profile'],
    ['{{eq ([\u0000put]) 1}}', 'TEMPLATE_SYNTAX The template holds a NUL'],
  ])('puts no value past its language: %s', (text, code) => {
    expect(told(render(file(JSON.stringify(text))).findings)[0]).toContain(code);
  });

  test('says which language its file is, where the file does not say so', () => {
    const values = (path: string, text: string, more = '') =>
      told(render(`files:\n  - { path: ${path}, content: ${JSON.stringify(text)}${more} }\n`).findings);
    expect(values('/etc/x', '{{profile}}')).toEqual([
      expect.stringMatching(/:2 FRAGMENT_MISSING language is missing. Write `language:` with one of bash, /),
    ]);
    expect(values('/etc/x', '#!/usr/bin/perl\n{{profile}}')[0]).toContain('language is missing');
    expect(values('/etc/x', '#!{{profile}}\n')[0]).toContain('language is missing');
    expect(values('/etc/x', '#!/bin/bash\n{{profile}}')).toEqual([]);
    expect(values('/etc/x', '{{#if profile}}nothing is put{{/if}}')).toEqual([]);
    expect(values('/etc/x', '{{profile}}', ', language: json')).toEqual([]);
    expect(values('/etc/x', '{{profile}}', ', language: perl')[0]).toMatch(/FRAGMENT_VALUE/);
    expect(values('/etc/x', '#!/bin/bash\n{{profile}}', ', language: lines')[0]).toContain('Leave `language` out.');
  });

  test('of which a value can not stand in its file is a finding that tells where, what and what to write, and no value', () => {
    const { findings } = render(
      'units:\n  - name: x.service\n    content: |\n      [Service]\n      User={{params.user}}\n',
      {},
      { parameters: { mine: { user: 'secret\nExecStart=/bin/x' } } },
    );
    expect(told(findings)).toEqual([
      expect.stringMatching(/cloud-config.yaml:5 VALUE_UNENCODABLE The value of \{\{params.user\}\} has other characters/),
    ]);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  test('reaches nothing of JavaScript', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'region.constructor', 'params.__proto__']) {
      expect(told(render(file(`'{{${name}}}'`)).findings)[0]).toMatch(/TEMPLATE_VARIABLE/);
    }
  });

  test('is told when it puts a whole object where text is wanted', () => {
    expect(told(render(file(`'{{region}}'`)).findings)[0]).toMatch(/TEMPLATE_VALUE/);
  });

  test('has helpers for comparison, sums, JSON, lists and quotes', () => {
    const parameters = { mine: { list: ['a', 'b'], text: 'a "b" $c `d` \\' } };
    const { files } = render(
      file(
        `|\n      {{eq profile "mine"}} {{not profile}} {{add 1 2}} {{json params.list}} {{join params.list ","}} {{quote params.text}}`,
      ),
      {},
      { parameters },
    );
    expect(files[0]!.content).toBe('true false 3 ["a","b"] a,b a "b" $c `d` \\\n');
  });
});

describe('when and each', () => {
  test('keep, leave out and repeat items', () => {
    const { files, findings } = render(
      `files:
  - { path: /etc/member, content: a, when: '{{eq fleet.kind "members"}}' }
  - { path: /etc/elastic, content: a, when: '{{eq fleet.kind "elastic"}}' }
  - { path: /etc/etcd, language: words, content: '{{cluster.etcd.size}}', when: '{{#if cluster.etcd}}true{{/if}}' }
  - each: params.list
    when: '{{not (eq item "b")}}'
    path: /etc/list-{{key}}
    language: words
    content: '{{item}}'
  - each: params.map
    path: /etc/map-{{key}}
    language: words
    content: '{{item.size}}'
`,
      {},
      { parameters: { mine: { list: ['a', 'b', 'c'], map: { y: { size: 2 }, x: { size: 1 } } } } },
    );
    expect(findings).toEqual([]);
    expect(files.map((each) => [each.path, each.content])).toEqual([
      ['/etc/member', 'a'],
      ['/etc/list-0', 'a'],
      ['/etc/list-2', 'c'],
      ['/etc/map-x', '1'],
      ['/etc/map-y', '2'],
    ]);
  });

  test('make items of a list of plain values, one value an item whatever it holds', () => {
    // Lines, and paths of keys, are refused as such.
    const key = fc.string().filter((text) => !/\n|\[object|^(?:~|\$HOME|\.{1,2})?\//.test(text));
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const { users, findings } = render(
          `users:\n  - name: core\n    sshAuthorizedKeys:\n      - each: params.keys\n        value: '{{item}}'\n`,
          {},
          { parameters: { mine: { keys } } },
        );
        expect(findings).toEqual([]);
        expect(users[0]!.sshAuthorizedKeys).toEqual(keys);
      }),
    );
  });

  test('refuse a condition that is neither true nor false, and a list that is not there', () => {
    expect(told(render(`files:\n  - { path: /etc/x, content: a, when: '{{profile}}' }\n`).findings)[0]).toMatch(
      /FRAGMENT_CONDITION .*"mine"/,
    );
    expect(told(render(`files:\n  - { path: /etc/x, content: a, each: volume }\n`).findings)[0]).toMatch(
      /:2 TEMPLATE_VARIABLE There is no variable volume. Write volumes./,
    );
    expect(told(render(`files:\n  - { path: /etc/x, content: a, each: profile }\n`).findings)[0]).toMatch(/FRAGMENT_TYPE/);
  });
});

describe('a fragment', () => {
  test('names the nearest right key for an unknown one', () => {
    expect(told(render('file: []\n').findings)).toEqual([
      'cloud-config/mine/cloud-config.yaml:1 FRAGMENT_UNKNOWN_KEY There is no key file here. Write files.',
    ]);
    expect(told(render(`units:\n  - name: x.service\n    drop-ins: []\n`).findings)[0]).toMatch(
      /:3 FRAGMENT_UNKNOWN_KEY .* Write dropIns./,
    );
  });

  test('tells what has the wrong type, a wrong value, or is missing', () => {
    const findings = told(
      render(`files:
  - { path: relative, content: a }
  - { path: /etc/x, permissions: 0644, content: a }
  - { content: a }
  - { path: /etc/y }
  - { path: /etc/z, source: none.sh }
units:
  - { name: x, command: begin, enable: perhaps }
sysctl: { a: b }
`).findings,
    );
    expect(
      findings.map((finding) =>
        finding
          .replace(/^[^:]*:/, '')
          .split(' ')
          .slice(0, 2)
          .join(' '),
      ),
    ).toEqual([
      '2 FRAGMENT_VALUE',
      '3 FRAGMENT_TYPE',
      '4 FRAGMENT_MISSING',
      '8 FRAGMENT_VALUE',
      '8 FRAGMENT_VALUE',
      '8 FRAGMENT_TYPE',
      '9 FRAGMENT_TYPE',
      '5 FRAGMENT_MISSING',
      '6 FRAGMENT_VALUE',
    ]);
  });

  test('of anything at all gives findings and never throws', () => {
    const bad = [
      '',
      '- a',
      'a: b: c',
      '\t',
      '{',
      '&a [*a]',
      'x: &x {y: *x}',
      '"\\u{',
      '? [a]\n: b',
      '['.repeat(20_000),
      'files: 99999999999999999999999',
      '<<: {a: b}',
    ];
    for (const text of bad) expect(() => render(text)).not.toThrow();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        render(text);
      }),
    );
  });

  test('of ten thousand lines is read', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `  - path: /etc/f${index}\n    content: '{{region.name}}'\n`).join(
      '',
    );
    expect(render(`files:\n${many}`).files).toHaveLength(5_000);
  });

  test('takes a source file as it is, and runs Handlebars over it only where asked', () => {
    const files = { 'a.conf': '# kept\n{{region.name}}\n' };
    expect(render('files:\n  - { path: /etc/x, source: a.conf }\n', files).files[0]!.content).toBe('# kept\n{{region.name}}\n');
    expect(
      render('files:\n  - { path: /etc/x, source: a.conf, language: words, template: true }\n', files).files[0]!.content,
    ).toBe('# kept\nsa-east-1\n');
    expect(
      told(render('files:\n  - { path: /etc/x, source: b, template: true }\n', { b: 'a\n{{nothing}}' }).findings)[0],
    ).toMatch(/^cloud-config\/mine\/b:2 TEMPLATE_VARIABLE/);
  });

  test('takes comments out of a script before values are in it', () => {
    const script = '#!/bin/bash\nprintf %s "\n{{params.a}}" {{params.b}}\n# {{params.a}}\n';
    const parameters = { mine: { a: '# "; touch CANARY', b: '  x\n\n# y' } };
    const { files, findings } = render(
      'files:\n  - { path: /x, source: a.sh, template: true }\n',
      { 'a.sh': script },
      { parameters },
    );
    expect(findings).toEqual([]);
    expect(files[0]!.content).toBe(`#!/bin/bash\nprintf %s "\n# \\"; touch CANARY" $'  x\\012\\012# y'\n`);
  });

  test.each([
    ['files: [{ path: /etc/../x, content: a }]', 'path'],
    ['files: [{ path: /etc/x/.., content: a }]', 'path'],
    ['files: [{ path: "/etc/x y", content: a }]', 'path'],
    ['files: [{ path: "/etc/x\\n", content: a }]', 'path'],
    ['files: [{ path: /etc//x, content: a }]', 'path'],
    ['files: [{ path: /x, content: a, owner: "root /etc/shadow" }]', 'owner'],
    ['files: [{ path: /x, content: a, owner: "-R" }]', 'owner'],
    ['units: [{ name: -x.service }]', 'name'],
    ['units: [{ name: ../x.service }]', 'name'],
    ['units: [{ name: "x y.service" }]', 'name'],
    ['sysctl: [{ name: "a.b/../../c", value: 1 }]', 'name'],
    ['sysctl: [{ name: "a.b = 1\\nc.d", value: 1 }]', 'name'],
    ['sysctl: [{ name: a.b, value: "1\\rc.d = 2" }]', 'value'],
    ['sysctl: [{ name: a.b, value: "1\\nc.d = 2" }]', 'value'],
    ['users: [{ name: "-x" }]', 'name'],
    ['users: [{ name: x, sshAuthorizedKeys: ["ssh-rsa A\\rssh-rsa B"] }]', 'sshAuthorizedKeys'],
    ['users: [{ name: x, sshAuthorizedKeys: ["ssh-rsa A\\nssh-rsa B"] }]', 'sshAuthorizedKeys'],
    ['programs: [{ name: -x }]', 'name'],
    ['programs: [{ name: x, apt: "-o=x" }]', 'apt'],
  ])('has names that are no more than names: %s', (fragment, key) => {
    const { findings } = render(fragment);
    expect(findings.map(({ code, path }) => `${code} ${path.replace(/^.*\.|\[\d\]$/g, '')}`)).toEqual([
      expect.stringMatching(new RegExp(`^FRAGMENT_VALUE .*${key}`)),
    ]);
  });

  test('takes a script without its comments and blank lines and with half its indentation', () => {
    const script = '#!/bin/bash\n# why\n\nif a; then\n    # inner\n  b # stays\nfi\ncat <<EOF\n# text\n  more\nEOF\n';
    expect(render('files:\n  - { path: /etc/x, source: a.sh }\n', { 'a.sh': script }).files[0]!.content).toBe(
      '#!/bin/bash\nif a; then\n b # stays\nfi\ncat <<EOF\n# text\n  more\nEOF\n',
    );
  });
});
