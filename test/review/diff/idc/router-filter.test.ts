/** A router's packet filter in a diff: what is open and closed from now on, and that nothing stands in it unread. */
import { placesThatChange } from '../../../../lib/review/diff';
import { ofKind, sides } from './sides';

const PATH = 'routers/r2/nftables.conf';

const filter = (...rules: readonly string[]) =>
  ['table inet meissa {', ' chain input {', '  type filter hook input priority filter', ...rules, ' }', '}', ''].join('\n');

function between(before: string, after: string) {
  const [side] = sides();
  const having = (text: string) => [{ ...side!, files: new Map([...side!.files, [PATH, text]]) }];
  return placesThatChange(having(before), having(after));
}

const CLOSED = filter('  ip saddr 203.0.113.7 udp dport 500 accept', '  counter drop');

test('what is open from now on is told; open to everyone, or nothing dropped any more, is a matter of safety', () => {
  expect(ofKind(between(CLOSED, filter('  udp dport 500 accept', '  counter drop')), 'router-filter')).toMatchObject({
    severity: 'security',
    stack: 'beijing/r2',
    what: '~ packet filter: 2 changes',
    details: ['open from now on udp/500', 'closed from now on udp/500 from 203.0.113.7'],
    explains: [PATH],
  });
  expect(ofKind(between(CLOSED, CLOSED.replace('203.0.113.7', '203.0.113.8')), 'router-filter').severity).toBe('access');
  expect(ofKind(between(CLOSED, CLOSED.replace('  counter drop\n', '')), 'router-filter')).toMatchObject({
    severity: 'security',
    what: '~ packet filter: chain inet meissa / input drops no longer everything that no rule before takes',
  });
});

test('a filter that says the same in other words of no program says nothing new', () => {
  expect(between(CLOSED, `# a remark\n${CLOSED}`).meanings.map(({ kind }) => kind)).not.toContain('router-filter');
});

test('an interface that goes, where whatever has no name is dropped, makes nothing less safe; one rule of one that stays does', () => {
  const table = (...faces: readonly string[]) =>
    ['input', 'forward'].map((hook) =>
      [
        `table inet ${hook} {`,
        ` chain ${hook} {`,
        `  type filter hook ${hook} priority filter`,
        ...faces.map((name) => `  iifname "${name}" goto inside`),
        '  counter drop',
        ' }',
        '}',
      ].join('\n'),
    );
  const severity = (before: readonly string[], after: readonly string[]) =>
    ofKind(between(before.join('\n'), after.join('\n')), 'router-filter').severity;
  expect(severity(table('vlan101', 'vlan102'), table('vlan101'))).toBe('access');
  const [input] = table('vlan101');
  expect(severity(table('vlan101', 'vlan102'), [input!, table('vlan101', 'vlan102')[1]!])).toBe('security');
  const open = table('vlan101').map((text) => text.replace('  counter drop\n', ''));
  expect(severity(table('vlan101', 'vlan102'), open)).toBe('security');
});
