import { lintText } from '../../lib/host-config/lint';
import { misread } from './misread';

test('a good configuration has nothing to tell', () => {
  const good =
    '#cloud-config\nwrite_files:\n- path: /a\n  content: |\n    a-b: c\ncoreos:\n  update:\n    reboot_strategy: "off"\n  units:\n  - name: a.service\n    drop_ins:\n    - name: b.conf\n      content: c\n';
  expect(lintText(good)).toEqual([]);
  expect(misread(good)).toEqual([]);
});

test('the first line must be exactly #cloud-config', () => {
  expect(lintText('# cloud-config\n')).toMatchObject([{ line: 1, message: 'The first line is not #cloud-config.' }]);
});

test.each(['$private_ipv4', '$public_ipv4', '$private_ipv6', '$public_ipv6'])(
  '%s is refused wherever it stands: without metadata it becomes nothing',
  (name) => {
    const [problem] = lintText(`#cloud-config\nwrite_files:\n- path: /a\n  content: |\n    address=${name}:2380\n`);
    expect(problem).toMatchObject({ line: 5, fix: expect.stringContaining('MEISSA_ADDRESS') });
  },
);

test('what the tests read back by: keys with hyphens, dead ones, and those that nobody knows', () => {
  const hyphens =
    '#cloud-config\nssh-authorized-keys: []\ncoreos:\n  update:\n    reboot-strategy: off\n  units:\n  - name: a\n    drop-ins: []\n';
  expect(misread(hyphens)).toEqual(['ssh-authorized-keys', 'coreos.update.reboot-strategy', 'coreos.units[0].drop-ins']);
  const unknown =
    '#cloud-config\ncoreos:\n  etcd2: {}\n  fleet: {}\n  unit: []\nruncmd: []\nwrite_files:\n- path: /a\n  defer: true\n';
  expect(misread(unknown)).toEqual(['coreos.etcd2', 'coreos.fleet', 'coreos.unit', 'runcmd', 'write_files[0].defer']);
});
