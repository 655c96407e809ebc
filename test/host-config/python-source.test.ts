/** Python is the judge: a program prints the same with and without what is taken out of it. */
import { spawnSync } from 'node:child_process';
import { stripPythonComments } from '../../lib/host-config/python-source';

const programs: Readonly<Record<string, string>> = {
  'by fours': 'def f(x):\n    # gone\n    if x:\n\n        return 1\n    return 2\n\nprint(f(0), f(1))\n',
  'by twos': 'def f(x):\n  if x:\n    return 1\n  return 2\n# gone\nprint(f(0), f(1))\n',
  'by tabs': 'def f(x):\n\tif x:\n\t\treturn 1\n\treturn 2\nprint(f(0), f(1))\n',
  'texts over several lines': "x = '''a\n\n    b\n# no comment\n        c\n'''\nprint(repr(x))\n",
  'the same in a function': 'def f():\n    """a\n\n    # b\n    """\n    return f.__doc__\nprint(repr(f()))\n',
  'a text that a backslash continues': "x = 'a\\\n    b'\nprint(x)\n",
  'quotes in comments and comments in quotes': "x = '# no' # it's\n# gone '''\ny = \"'''\"\nprint(x, y)\n",
  'raw texts': "x = r'\\\\' + r'''\n    \\a\n\n'''\nprint(repr(x))\n",
  'lines that go on': 'x = [\n    1,\n\n    # gone\n       2]\nprint(sum(x))\n',
};

test.each(Object.entries(programs))('a program does what it did: %s', (_, program) => {
  const run = (text: string) => {
    const { stdout, status } = spawnSync('python3', ['-c', text], { encoding: 'utf8' });
    return { stdout, status };
  };
  const stripped = stripPythonComments(`#!/usr/bin/python3\n${program}`);
  expect(stripped).not.toContain('gone');
  expect(run(stripped)).toEqual(run(program));
  expect(run(program).status).toBe(0);
});
