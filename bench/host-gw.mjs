// node bench/host-gw.mjs [--short]: what host-gw costs, with iperf3 in network namespaces: two hosts, each with a container range
// behind a bridge, and a router between them. The bare path is the hosts' own addresses; host-gw the same two namespaces by addresses
// of their container ranges. Beside it, from container to container: host-gw and VXLAN, each with the bridge and the second wire that
// every container behind a bridge has. Pairs alternate, so that a slow minute of the machine hits all; told are the median and the
// spread of the ratios.
import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// Inside a VPC; VXLAN takes 50 bytes of it.
const MTU = 9001;
const GOAL = 0.95;
const prefix = `mgw-${process.pid}`;
const [router, ...hosts] = ['r', 'h1', 'h2'].map((name) => `${prefix}-${name}`);
const containers = ['c1', 'c2'].map((name) => `${prefix}-${name}`);

/** Prints its lines; without root or iperf3 a reason, and goes on. */
export async function benchHostGw(short) {
  const iperf3 = find('iperf3');
  const lacks =
    process.platform !== 'linux' || process.getuid() !== 0
      ? 'it needs root on Linux'
      : !iperf3 && 'iperf3 is missing: run scripts/real-parts iperf3';
  if (lacks) {
    console.log(`host-gw against the bare path: not measured, ${lacks}`);
    return;
  }
  const [runs, seconds] = short ? [5, 1] : [9, 3];
  const servers = [];
  try {
    lay();
    servers.push(
      serve(iperf3, hosts[1], '10.9.2.2'),
      serve(iperf3, hosts[1], '172.31.2.1'),
      serve(iperf3, containers[1], '172.31.2.2'),
    );
    await answering(iperf3);
    const measured = { bare: [], gw: [], containers: [], vxlan: [] };
    const ways = [
      ['bare', 'gw', hosts[0], '10.9.2.2'],
      ['gw', 'gw', hosts[0], '172.31.2.1', '172.31.1.1'],
      ['containers', 'gw', containers[0], '172.31.2.2'],
      ['vxlan', 'vxlan', containers[0], '172.31.2.2'],
    ];
    for (let i = 0; i < runs; i++) {
      // Forwards and backwards in turn: who comes first is not always the same.
      for (const [what, way, namespace, to, from] of i % 2 === 0 ? ways : ways.toReversed()) {
        route(way);
        measured[what].push(gigabits(iperf3, namespace, to, seconds, from));
      }
    }
    print('host-gw between two namespaces / bare path', measured.gw, measured.bare, GOAL);
    print('host-gw from container to container / bare path', measured.containers, measured.bare);
    print('VXLAN from container to container / bare path', measured.vxlan, measured.bare);
  } finally {
    for (const server of servers) server.kill();
    for (const namespace of standing()) ip('netns', 'delete', namespace);
  }
}

function standing() {
  return [router, ...hosts, ...containers].filter((namespace) => existsSync(`/run/netns/${namespace}`));
}

function lay() {
  for (const namespace of [router, ...hosts, ...containers]) {
    ip('netns', 'add', namespace);
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    execFileSync('ip', ['netns', 'exec', namespace, 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward']);
  }
  hosts.forEach((host, k) => {
    const n = k + 1;
    const other = 3 - n;
    wire(router, `h${n}`, host, 'eth0');
    address(router, `h${n}`, `10.9.${n}.1/24`);
    address(host, 'eth0', `10.9.${n}.2/24`);
    ip('-n', host, 'route', 'add', 'default', 'via', `10.9.${n}.1`);
    ip('-n', router, 'route', 'add', `172.31.${n}.0/24`, 'via', `10.9.${n}.2`);
    ip('-n', host, 'link', 'add', 'docker0', 'mtu', String(MTU), 'type', 'bridge');
    wire(host, 'c0', containers[k], 'eth0');
    ip('-n', host, 'link', 'set', 'c0', 'master', 'docker0');
    address(host, 'docker0', `172.31.${n}.1/24`);
    address(containers[k], 'eth0', `172.31.${n}.2/24`);
    ip('-n', containers[k], 'route', 'add', 'default', 'via', `172.31.${n}.1`);
    ip(
      '-n',
      host,
      'link',
      'add',
      'vxlan0',
      'mtu',
      String(MTU - 50),
      'type',
      'vxlan',
      'id',
      '7',
      'dstport',
      '4789',
      'remote',
      `10.9.${other}.2`,
      'local',
      `10.9.${n}.2`,
    );
    address(host, 'vxlan0', `192.168.99.${n}/24`);
  });
}

/** Leads containers' packets as they are, or wrapped. */
function route(way) {
  hosts.forEach((host, k) => {
    const other = 2 - k;
    const via = way === 'gw' ? `10.9.${k + 1}.1` : `192.168.99.${other}`;
    ip('-n', host, 'route', 'replace', `172.31.${other}.0/24`, 'via', via);
    // What an overlay leaves of the MTU is the containers' own.
    ip('-n', containers[k], 'link', 'set', 'eth0', 'mtu', String(way === 'gw' ? MTU : MTU - 50));
  });
}

function wire(a, deviceA, b, deviceB) {
  ip(
    '-n',
    a,
    'link',
    'add',
    deviceA,
    'mtu',
    String(MTU),
    'type',
    'veth',
    'peer',
    'name',
    deviceB,
    'mtu',
    String(MTU),
    'netns',
    b,
  );
  ip('-n', a, 'link', 'set', deviceA, 'up');
  ip('-n', b, 'link', 'set', deviceB, 'up');
}

function address(namespace, device, text) {
  ip('-n', namespace, 'address', 'add', text, 'dev', device);
  ip('-n', namespace, 'link', 'set', device, 'up');
}

function serve(iperf3, namespace, own) {
  return spawn('setpriv', ['--pdeathsig', 'KILL', 'ip', 'netns', 'exec', namespace, iperf3, '-s', '-B', own], {
    stdio: 'ignore',
  });
}

async function answering(iperf3) {
  for (let tries = 1; ; tries++) {
    try {
      gigabits(iperf3, hosts[0], '10.9.2.2', 1);
      route('gw');
      gigabits(iperf3, containers[0], '172.31.2.2', 1);
      return;
    } catch (error) {
      if (tries > 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function gigabits(iperf3, namespace, to, seconds, from) {
  const client = [iperf3, '-c', to, '-t', String(seconds), '-J', ...(from === undefined ? [] : ['-B', from])];
  const out = execFileSync('ip', ['netns', 'exec', namespace, ...client], {
    maxBuffer: 1 << 26,
    timeout: (seconds + 20) * 1000,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(out).end.sum_received.bits_per_second / 1e9;
}

function print(what, ours, theirs, goal) {
  const ratios = ours.map((value, i) => value / theirs[i]).sort((a, b) => a - b);
  const median = ratios[Math.floor(ratios.length / 2)];
  const verdict = goal === undefined ? '' : median >= goal ? ` (goal at least ${goal}: met)` : ` (goal at least ${goal}: MISSED)`;
  const mid = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)].toFixed(1);
  console.log(
    `${what}: ${median.toFixed(3)}x${verdict} [${ratios[0].toFixed(3)} to ${ratios.at(-1).toFixed(3)}], ${mid(ours)} / ${mid(theirs)} Gbit/s, MTU ${MTU}, ${ratios.length} pairs`,
  );
}

function find(program) {
  const parts = process.env.MEISSA_REAL_PARTS ?? join(root, '.meissa', 'real-parts');
  return [join(parts, 'bin'), ...(process.env.PATH ?? '').split(delimiter)]
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function ip(...args) {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchHostGw(process.argv.includes('--short'));
