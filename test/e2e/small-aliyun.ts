/** One small Aliyun region for the end-to-end tests: a network and one host, no transit; and meissa on it. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { type AliyunHostOptions, type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { type Ran, ROOT } from '../child/run';
import { type Deploying, meissaOn, startMeissa } from './deployed-estate';
import { temporaryFolder } from './example';

export const ACCOUNT = '1111111111111111';
export const REGION = 'cn-hangzhou';
/** Its stacks, in the order of their names. */
export const STACKS = ['base', 'core-store-1', 'network'].map((id) => `${REGION}-${id}`);
/** As `stacks` tells them when all is well. */
export const WHOLE = STACKS.map((name) => expect.stringMatching(`^${name} (CREATE|UPDATE)_COMPLETE$`));

const STORE = {
  kind: 'members',
  count: 1,
  instanceType: 'ecs.g7.large',
  profiles: ['base', 'docker'],
  zones: ['cn-hangzhou-h'],
  addresses: { first: 16, perZone: 16 },
  membersPerStack: 5,
};
const LOCK = { generation: 1, image: 'aliyun_3_x64_20G_alibase_20240819.vhd', rootGb: 20, zone: 'cn-hangzhou-h' };

/** Variables that a call is made with, over those of the cloud. */
export type Keys = Readonly<Record<string, string>>;

export class SmallAliyun {
  readonly root = temporaryFolder();
  /** All that verbs have said, both streams. */
  heard = '';

  private constructor(readonly cloud: EmbeddedCloud) {
    for (const file of ['estate.yaml', 'artifacts.lock.yaml', `${REGION}.yaml`, `${REGION}.members.lock.yaml`])
      cpSync(join(ROOT, 'test/estates/aliyun/regions', file), join(this.root, 'regions', file));
    this.edit('estate.yaml', ['central'], REGION);
    this.edit('estate.yaml', ['aliyun', 'cen'], undefined);
    this.edit('estate.yaml', ['links'], undefined);
    this.edit(`${REGION}.yaml`, ['clusters'], { core: { generation: 1, fleets: { store: STORE } } });
    this.edit(`${REGION}.members.lock.yaml`, ['members'], { 'core/store/1': LOCK });
  }

  static async start(aliyunHosts: AliyunHostOptions = {}): Promise<SmallAliyun> {
    const cloud = await startEmbeddedCloud({
      aliyun: { account: ACCOUNT },
      aliyunHosts: { bootMilliseconds: 10, ...aliyunHosts },
    });
    return new SmallAliyun(cloud);
  }

  /** Sets one key of a file of the estate; undefined takes it out. */
  edit(file: string, path: (string | number)[], value: unknown): void {
    const name = join(this.root, 'regions', file);
    const document = parseDocument(readFileSync(name, 'utf8'));
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
    writeFileSync(name, String(document));
  }

  async meissa(args: readonly string[], keys: Keys = {}): Promise<Ran> {
    const ran = await meissaOn(this.with(keys), this.root, ...args);
    this.heard += `${ran.stdout}${ran.stderr}`;
    return ran;
  }

  /** `--json`: with the document it prints. */
  async json(args: readonly string[], keys: Keys = {}) {
    const ran = await this.meissa([...args, '--json'], keys);
    return { ...ran, document: JSON.parse(ran.stdout) };
  }

  start(args: readonly string[], keys: Keys = {}): Deploying {
    return startMeissa(this.with(keys), this.root, ...args);
  }

  /** The environment of its calls. */
  env(keys: Keys = {}): Record<string, string> {
    return { ...this.cloud.env(), ...this.cloud.aliyun.env(REGION), ...keys };
  }

  /** Every stack that stands, `<name> <status>`, in the order of names. */
  stacks(account = ACCOUNT): string[] {
    const all = Object.values(this.cloud.region(REGION, account).stacks).filter(({ status }) => status !== 'DELETE_COMPLETE');
    return all.map(({ name, status }) => `${name} ${status}`).sort();
  }

  /** A stack that stands, as the cloud keeps it. */
  stack(name: string) {
    return Object.values(this.cloud.region(REGION, ACCOUNT).stacks).find(
      (stack) => stack.name === name && stack.status !== 'DELETE_COMPLETE',
    );
  }

  private with(keys: Keys) {
    return { env: () => this.env(keys) };
  }
}
