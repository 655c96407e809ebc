import { lintCloudConfig } from '../../lib/host-config/lint';

const told = (text: string): string[] =>
  lintCloudConfig(text).map((problem) => `${problem.line} ${problem.path}: ${problem.message} ${problem.fix}`);

test('a good configuration has nothing to tell', () => {
  expect(
    told(
      '#cloud-config\nwrite_files:\n- path: /a\n  content: |\n    a-b: c\ncoreos:\n  update:\n    reboot_strategy: "off"\n  units:\n  - name: a.service\n    drop_ins:\n    - name: b.conf\n      content: c\n',
    ),
  ).toEqual([]);
});

test('the first line must be exactly #cloud-config', () => {
  expect(told('# cloud-config\n')[0]).toMatch(/^1 : The first line is not #cloud-config/);
});

test('keys with hyphens are refused with the right name', () => {
  expect(
    told(
      '#cloud-config\nssh-authorized-keys: []\ncoreos:\n  update:\n    reboot-strategy: off\n  units:\n  - name: a\n    drop-ins: []\n',
    ),
  ).toEqual([
    '2 ssh-authorized-keys: ssh-authorized-keys is written with a hyphen. Write ssh_authorized_keys.',
    '5 coreos.update.reboot-strategy: reboot-strategy is written with a hyphen. Write reboot_strategy.',
    '8 coreos.units[0].drop-ins: drop-ins is written with a hyphen. Write drop_ins.',
  ]);
});

test('keys that are dead, and keys that nobody knows, are refused', () => {
  const problems = told(
    '#cloud-config\ncoreos:\n  etcd2: {}\n  etcd: {}\n  fleet: {}\n  unit: []\nruncmd: []\nwrite_files:\n- path: /a\n  defer: true\n',
  );
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    '3 coreos.etcd2',
    '4 coreos.etcd',
    '5 coreos.fleet',
    '6 coreos.unit',
    '7 runcmd',
    '10 write_files[0].defer',
  ]);
  expect(problems[3]).toContain('Write units.');
});

test.each(['$private_ipv4', '$public_ipv4', '$private_ipv6', '$public_ipv6'])(
  '%s is refused wherever it stands: without metadata it becomes nothing',
  (name) => {
    const [problem] = lintCloudConfig(`#cloud-config\nwrite_files:\n- path: /a\n  content: |\n    address=${name}:2380\n`);
    expect(problem).toMatchObject({ line: 5, fix: expect.stringContaining('MEISSA_ADDRESS') });
  },
);

test('tabs as indentation and broken YAML are told', () => {
  expect(told('#cloud-config\ncoreos:\n\tunits: []\n')[0]).toMatch(/Not valid YAML/);
});
