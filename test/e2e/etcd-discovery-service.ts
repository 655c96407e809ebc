/** The discovery service that the public one runs, with an etcd 3.4 behind it, on a host of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Fetch } from '../../lib/discovery/service';
import { CloudStub } from '../hosts/cloud-stub';
import { eventually } from '../hosts/eventually';
import { findRealPart } from '../real-parts';
import { EtcdHost } from './etcd-host';
import type { Network } from './etcd-network';

const address = '10.255.0.1';

export class DiscoveryService {
  readonly url = `http://${address}:8087`;
  readonly host: EtcdHost;

  constructor(network: Network, folder: string) {
    this.host = new EtcdHost({
      name: 'discovery',
      address,
      namespace: network.host(address),
      root: `${folder}/discovery`,
      cloud: new CloudStub(`${folder}/discovery-cloud`),
    });
  }

  async start(): Promise<void> {
    const store = `http://${address}:23001`;
    this.host.spawn([
      ...[findRealPart('etcd-3.4')!, '--enable-v2', '--data-dir', `${this.host.root}/data`],
      ...['--listen-client-urls', store, '--advertise-client-urls', store],
      ...['--listen-peer-urls', `http://${address}:23002`, '--initial-advertise-peer-urls', `http://${address}:23002`],
      ...['--initial-cluster', `default=http://${address}:23002`],
    ]);
    // It reads its settings in one place only, so it gets an /etc of its own.
    const etc = `${this.host.root}/etc`;
    mkdirSync(`${etc}/etcd-discovery`, { recursive: true });
    writeFileSync(
      `${etc}/etcd-discovery/etcd-discovery.conf`,
      `[server]\nprefix_url=${this.url}\nweb_service_address=${address}:8087\n[etcd]\nendpoint_location=${store}\n`,
    );
    this.host.spawn(['unshare', '-m', 'sh', '-c', `mount --bind ${etc} /etc && exec ${findRealPart('discovery.etcd.io')}`]);
    const answers = () =>
      this.fetch(`${this.url}/new?size=1`).then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually(answers, 'the discovery service answers');
  }

  /** `fetch` as somebody on the network of the hosts has it. */
  readonly fetch = (async (url: string): Promise<Response> => {
    const { code, out } = await this.host.run('curl', '-s', '-m', '5', '-w', '\n%{http_code}', url);
    if (code !== 0) throw new Error(`curl ${code}`);
    const cut = out.lastIndexOf('\n');
    return new Response(out.slice(0, cut), { status: Number(out.slice(cut + 1)) || 500 });
  }) as Fetch;
}
