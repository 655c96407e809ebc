/** Aliyun's side of one booted host: its namespace, and the fake behind the addresses of the metadata service and of OSS. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucket } from '../host-config/aliyun-fixtures';
import { FakeAliyun } from '../host-config/host/fake-aliyun';
import { REAL_PARTS } from '../real-parts';
import type { Network } from './etcd-network';

export const CLOUD_INIT_ROOT = join(REAL_PARTS, 'boot-root-cloud-init');
const METADATA = '100.100.100.200';
const OSS = `${bucket}.oss-cn-beijing-internal.aliyuncs.com`;

/** Passes what comes to an address and port on to a socket that is a file. */
const relay = `
const net = require('node:net');
net.createServer((from) => {
  const to = net.connect(process.argv[1]);
  from.pipe(to).pipe(from);
  for (const [one, other] of [[from, to], [to, from]]) one.on('error', () => other.destroy());
}).listen(Number(process.argv[2]), '${METADATA}', () => console.log('listens'));
// It ends with the tests, however they end.
process.stdin.on('end', () => process.exit()).resume();
`;

export class BootAliyunCloud {
  readonly fake = new FakeAliyun();
  readonly namespace: string;
  readonly #folder: string;
  readonly #relays = new Map<number, ChildProcess>();

  constructor(network: Network, folder: string, address: string) {
    this.namespace = network.host(address);
    execFileSync('ip', ['-n', this.namespace, 'address', 'add', `${METADATA}/32`, 'dev', 'lo']);
    this.#folder = folder;
    this.fake.address = address;
    const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'tls.key',
      '-out',
      'tls.crt',
      '-days',
      '2',
      '-subj',
      '/CN=oss',
      '-addext',
      `subjectAltName=DNS:${OSS}`,
    ); // prettier-ignore
  }

  /** Environment in which a program believes the fake's certificate. */
  readonly trust = 'SSL_CERT_FILE=/etc/fake-oss.pem';
  /** Hosts use the real names and addresses of the metadata service and of OSS; ECS and ROS stand beside them. */
  readonly environment = [
    ...['ECS', 'ROS', 'CMS'].map((service) => `MEISSA_ENDPOINT_${service}=http://${METADATA}/${service.toLowerCase()}`),
    this.trust,
  ];

  /**
   * What a root needs to believe that it is at Aliyun: the name and the certificate of OSS, and what the firmware says, which
   * containers don't have: cloud-init looks there for `Alibaba Cloud ECS`.
   */
  get files(): Record<string, string> {
    const reader = 'usr/lib/python3/dist-packages/cloudinit/dmi.py';
    return {
      'etc/hosts': `127.0.0.1 localhost\n${METADATA} ${OSS}\n`,
      // Nobody is there, which is said at once: cloud-init looks up names at each boot.
      'etc/resolv.conf': 'nameserver 127.0.0.1\n',
      'etc/fake-oss.pem': readFileSync(join(this.#folder, 'tls.crt'), 'utf8'),
      'etc/cloud/cloud.cfg.d/90-test.cfg': `datasource_list: [AliYun]
datasource: { AliYun: { timeout: 5, max_wait: 6 } }
network: { config: disabled }
locale: false
apt: { preserve_sources_list: true }
`,
      [reader]: `${readFileSync(join(CLOUD_INIT_ROOT, reader), 'utf8')}
def read_dmi_data(key):
    return {"system-product-name": "Alibaba Cloud ECS"}.get(key)
`,
    };
  }

  /** From now on the host reaches the metadata service, ECS and ROS, and OSS. */
  async open(): Promise<void> {
    await this.fake.start(join(this.#folder, 'http'));
    const read = (name: string): string => readFileSync(join(this.#folder, name), 'utf8');
    await this.fake.startTls({ path: join(this.#folder, 'tls') }, { key: read('tls.key'), cert: read('tls.crt') });
    await this.openMetadata();
    await this.openOss();
  }

  openOss(): Promise<void> {
    return this.#relay(443, 'tls');
  }

  openMetadata(): Promise<void> {
    return this.#relay(80, 'http');
  }

  /** The metadata service, ECS, ROS and CloudMonitor refuse connections from now on. */
  closeMetadata(): Promise<void> {
    return this.#close(80);
  }

  /** OSS refuses connections from now on. */
  closeOss(): Promise<void> {
    return this.#close(443);
  }

  async end(): Promise<void> {
    for (const port of this.#relays.keys()) await this.#close(port);
    await this.fake.stop();
  }

  async #relay(port: number, socket: string): Promise<void> {
    const args = ['netns', 'exec', this.namespace, process.execPath, '-e', relay, join(this.#folder, socket), String(port)];
    const child = spawn('ip', args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#relays.set(port, child);
    await once(child.stdout!, 'data');
  }

  async #close(port: number): Promise<void> {
    const child = this.#relays.get(port);
    this.#relays.delete(port);
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  }
}
