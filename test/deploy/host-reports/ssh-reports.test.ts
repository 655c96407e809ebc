import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sshReports } from '../../../lib/deploy/host-reports/ssh-reports';

test('racks are asked over ssh, with nothing to answer; who is silent is missing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-ssh-'));
  try {
    const ssh = join(folder, 'ssh');
    // As ssh: it fails for a host that it can't reach, and says on stdout only what the host says.
    writeFileSync(
      ssh,
      `#!/bin/bash
[[ " $* " == *' BatchMode=yes '* && " $* " == *' -l core '* ]] || exit 9
[[ $* == *' -- 10.200.0.11 cat /run/meissa/report.json' ]] || exit 255
echo '{"host":"somebody-else","instance":"0123","well":"yes"}'
`,
    );
    chmodSync(ssh, 0o755);
    const hosts = [
      { name: 'bj-idc-rack-1-1', address: '10.200.0.11' },
      { name: 'bj-idc-rack-1-2', address: '10.200.0.12' },
    ];
    expect(await sshReports(hosts, ssh)).toEqual([
      {
        ...{ host: 'bj-idc-rack-1-1', instance: '0123', age: 0 },
        values: { host: 'somebody-else', instance: '0123', well: 'yes' },
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
