/** A cloud's side of one booted host: its namespace, and the fake of AWS behind the address of the metadata service. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FakeAws } from '../host-config/host/fake-aws';
import type { Network } from './etcd-network';

const METADATA = '169.254.169.254';

/** Passes what comes to the metadata service's address on to the fake, which listens on a socket that is a file. */
const relay = `
const net = require('node:net');
net.createServer((from) => {
  const to = net.connect(process.argv[1]);
  from.pipe(to).pipe(from);
  for (const [one, other] of [[from, to], [to, from]]) one.on('error', () => other.destroy());
}).listen(80, '${METADATA}', () => console.log('listens'));
// It ends with the tests, however they end.
process.stdin.on('end', () => process.exit()).resume();
`;

export class BootCloud {
  readonly aws = new FakeAws();
  readonly namespace: string;
  readonly #socket: string;
  #relay: ChildProcess | undefined;

  constructor(network: Network, folder: string, address: string) {
    this.namespace = network.host(address);
    execFileSync('ip', ['-n', this.namespace, 'address', 'add', `${METADATA}/32`, 'dev', 'lo']);
    this.#socket = join(folder, 'aws');
    this.aws.address = address;
  }

  /** What points the host's scripts at the fake; of the metadata service they use the real address. */
  readonly environment = ['SSM', 'CFN', 'ASG', 'CW', 'S3'].map(
    (service) => `MEISSA_ENDPOINT_${service}=http://${METADATA}/${service.toLowerCase()}`,
  );

  /** From now on the host reaches the cloud. */
  async open(): Promise<void> {
    await this.aws.start(this.#socket);
    this.#relay = spawn('ip', ['netns', 'exec', this.namespace, process.execPath, '-e', relay, this.#socket], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(this.#relay.stdout!, 'data');
  }

  async end(): Promise<void> {
    if (this.#relay === undefined) return;
    this.#relay.kill();
    await this.aws.stop();
  }
}
