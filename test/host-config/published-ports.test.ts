import { findPublished } from '../../lib/host-config/published-ports';
import { renderUserData } from '../../lib/host-config/user-data';
import type { FleetContext } from '../../lib/plan/model';
import { context, profile } from './fixtures';

const told = (text: string): string[] => findPublished(text).map(({ line, written }) => `${line} ${written}`);

test.each([
  ['docker run -p 80:80 nginx', '-p 80:80'],
  ['docker run -p80:80 nginx', '-p80:80'],
  ['docker run -dp 80:80 nginx', '-dp 80:80'],
  ['docker run --rm --name web --publish 80:80 nginx', '--publish 80:80'],
  ['docker run --publish=80:80 nginx', '--publish=80:80'],
  ['docker run -d -P nginx', '-P'],
  ['docker run -dP nginx', '-dP'],
  ['docker run --publish-all nginx', '--publish-all'],
  ['docker container create -e A=b -p 80 nginx', '-p 80'],
  ['docker --host unix:///x -D run -p 80 nginx', '-p 80'],
  ['ExecStart=-/usr/bin/docker run $OPTIONS -p 80:80 nginx', '-p 80:80'],
  ['id=$(docker run -d -p 80:80 nginx)', '-p 80:80'],
  ['ExecStart=/bin/bash -c "docker run -p 80:80 nginx"', '-p 80:80'],
  ["flock /lock sh -c 'exec docker run -p 80:80 nginx'", '-p 80:80'],
])('%s publishes a port', (text, written) => {
  expect(told(text)).toEqual([`1 ${written}`]);
});

test.each([
  'docker run --network host nginx',
  'docker run nginx serve -p 80',
  'docker run --rm -v /a:/b -e P=-p nginx',
  'docker run --label -p nginx',
  'docker run --pid host --platform linux/amd64 nginx',
  'docker run -ti -u 1 nginx',
  'docker run $IMAGE serve',
  'docker ps -p 80',
  '# docker run -p 80:80 nginx',
  'mkdir -p /docker && ssh -p 22 host',
  'docker stop web; ssh -p 22 host',
  'ports:\n  - 80',
  'services:\n  ports:\n    image: a\nx:\n  ports: []',
])('%s publishes none', (text) => {
  expect(told(text)).toEqual([]);
});

test('a command that goes on over lines is told by the line of its option', () => {
  expect(
    told('[Service]\nExecStart=/usr/bin/docker run \\\n  --rm \\\n  -p 80:80 \\\n  -p 81:81 nginx\nExecStop=docker stop web\n'),
  ).toEqual(['4 -p 80:80', '5 -p 81:81']);
});

test("a service's ports in a compose file are told", () => {
  expect(told('services:\n  web:\n    image: nginx\n    # ports:\n    ports:\n      - 80:80\n')).toEqual(['5 ports:']);
});

describe('in a profile', () => {
  const web = profile(
    'web',
    `units:
  - name: web.service
    content: |
      [Service]
      ExecStart=/usr/bin/docker run --rm \\
        -p 80:80 nginx
  - name: other.service
    dropIns:
      - { name: a.conf, content: "[Service]\\nExecStartPre=docker run --publish-all a\\n" }
files:
  - path: /opt/web/compose.yaml
    content: |
      services:
        web:
          ports: [80]
`,
  );
  const found = (mode: FleetContext['containers']['mode']) =>
    renderUserData(
      context({ containers: { mode, block: '172.16.0.0/16', hostBits: 24, pools: [], mtu: 1500, hostPorts: [] } }),
      [web],
      {
        compress: 'auto',
      },
    );

  test.each(['host-gw', 'prefix'] as const)(
    'published ports are refused in mode %s, with the place, why, and what instead',
    (mode) => {
      const { userData, findings } = found(mode);
      expect(userData).toBeUndefined();
      expect(findings.map(({ code, file, line, path }) => [code, file, line, path])).toEqual([
        ['PUBLISHED_PORT', 'cloud-config/web/cloud-config.yaml', 2, 'unit web.service'],
        ['PUBLISHED_PORT', 'cloud-config/web/cloud-config.yaml', 9, 'drop-in other.service/a.conf'],
        ['PUBLISHED_PORT', 'cloud-config/web/cloud-config.yaml', 11, 'file /opt/web/compose.yaml'],
      ]);
      expect(findings[0]).toMatchObject({
        message: `Profile web: unit web.service publishes a port with -p 80:80 (line 3), and containers here are \`${mode}\`.`,
        why: expect.stringContaining('nothing would be published'),
        fix: expect.stringContaining('--network host'),
      });
    },
  );

  test("in mode host, where docker has its own rules, they are nobody else's business", () => {
    expect(found('host').findings).toEqual([]);
  });
});
