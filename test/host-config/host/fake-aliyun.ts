import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { aliyunHost } from '../../credentials.json';

// The vendor's own: what it signs is what the real service takes.
const signUtils = require('ali-oss/lib/common/signUtils') as {
  authorizationV4(
    id: string,
    secret: string,
    region: string,
    method: string,
    request: { headers: Record<string, string> },
    bucket: string,
    object: string,
  ): string;
};

type Reply = (status: number, text: string | Buffer) => unknown;

/** Aliyun's metadata service, OSS, ECS and ROS as far as a host asks them, with every signature checked. */
export class FakeAliyun {
  readonly credentials = {
    AccessKeyId: 'STS.ExampleId',
    AccessKeySecret: aliyunHost.keySecret,
    SecurityToken: aliyunHost.token,
  };
  readonly region = 'cn-beijing';
  address = '10.128.8.64';
  instanceId = 'i-2ze0123456789abcdefg';
  /** User-data, as cloud-init asks for it. */
  userData = '';
  readonly tags: Record<string, string> = {};
  /** Objects by `bucket/key`. */
  readonly objects = new Map<string, Buffer>();
  /** Gates that wait, `stack/logical`. */
  readonly waiting = new Set<string>();
  /** Signals that were taken: `stack/logical id status`. */
  readonly signals: string[] = [];
  /** Every request: `METHOD path`, of ECS and ROS the action. */
  readonly requests: string[] = [];
  /** Answers to give instead of the right ones, first come first served, to requests that hold `path`: one each, or as long as it `lasts`. */
  readonly trouble: { path: string; status: number; body?: string; lasts?: true }[] = [];
  role = true;
  /** Heartbeats that were taken: `dimensions values`. */
  readonly beats: string[] = [];
  /** Instances of its scaling group: id and when it was made, ISO. @default - this one alone, for long */
  group: Record<string, string> | undefined;
  readonly #sessions = new Set<string>();
  readonly #nonces = new Set<string>();
  readonly #listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => this.#answer(request, Buffer.concat(chunks), response));
  };
  readonly #server = createServer(this.#listener);
  #tls: ReturnType<typeof createTlsServer> | undefined;

  /** @param socket a file to listen on instead: it is reached from every network namespace */
  async start(socket?: string): Promise<void> {
    const where = socket === undefined ? { port: 0, host: '127.0.0.1' } : { path: socket };
    await new Promise<void>((done) => this.#server.listen(where, done));
  }

  /** The same over TLS. */
  async startTls(
    where: { path: string } | { port: number; host: string },
    identity: { key: string; cert: string },
  ): Promise<number> {
    const server = createTlsServer(identity, this.#listener);
    this.#tls = server;
    await new Promise<void>((done) => server.listen(where, done));
    return 'port' in where ? (server.address() as AddressInfo).port : 0;
  }

  async stop(): Promise<void> {
    for (const server of [this.#server, this.#tls]) {
      if (!server?.listening) continue;
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What points the scripts at this server. */
  get environment(): Record<string, string> {
    const url = `http://127.0.0.1:${this.port}`;
    return {
      MEISSA_IMDS_URL: url,
      MEISSA_ENDPOINT_ECS: `${url}/ecs`,
      MEISSA_ENDPOINT_ROS: `${url}/ros`,
      MEISSA_ENDPOINT_CMS: `${url}/cms`,
      MEISSA_ENDPOINT_OSS: `${url}/oss`,
      MEISSA_ENDPOINT_ESS: `${url}/ess`,
    };
  }

  #answer(request: IncomingMessage, body: Buffer, response: ServerResponse): unknown {
    const path = request.url!;
    const form = /^\/(ecs|ros|cms|ess)\//.test(path) ? new URLSearchParams(body.toString()) : undefined;
    const told = `${request.method} ${form ? form.get('Action') : path}`;
    this.requests.push(told);
    const reply: Reply = (status, text) => response.writeHead(status).end(text);
    const troubled = this.trouble.findIndex((each) => told.includes(each.path));
    if (troubled >= 0) {
      const { status, body: text, lasts } = this.trouble[troubled]!;
      if (!lasts) this.trouble.splice(troubled, 1);
      return reply(status, text ?? '');
    }
    if (form) return this.#rpc(request, form, reply);
    if (/^\/(latest|2016-01-01)\//.test(path)) return this.#metadata(request, path.replace(/^\/[^/]+/, ''), reply);
    return this.#oss(request, path, body, reply);
  }

  #metadata(request: IncomingMessage, path: string, reply: Reply): unknown {
    if (path === '/api/token') {
      if (request.method !== 'PUT' || !request.headers['x-aliyun-ecs-metadata-token-ttl-seconds']) return reply(400, '');
      const session = `session-${this.requests.length}`;
      this.#sessions.add(session);
      return reply(200, session);
    }
    // cloud-init before 23 knows only AWS's name of the token, and asks without; the scripts never may.
    const reader = request.url!.startsWith('/2016-01-01/');
    if (!reader && !this.#sessions.has(String(request.headers['x-aliyun-ecs-metadata-token']))) return reply(401, '');
    if (path === '/user-data') return this.userData ? reply(200, this.userData) : reply(404, '');
    const role = 'ram/security-credentials/';
    const values: Record<string, string | undefined> = {
      '': 'instance-id\nhostname\nprivate-ipv4\n',
      'instance-id': this.instanceId,
      hostname: 'an-instance',
      'private-ipv4': this.address,
      ...(this.role ? { [role]: 'the-role', [`${role}the-role`]: JSON.stringify({ ...this.credentials, Code: 'Success' }) } : {}),
    };
    const value = values[path.slice('/meta-data/'.length)];
    return value === undefined ? reply(404, '<h1>404</h1>') : reply(200, value);
  }

  /** The bucket is the host name's first label, or of test endpoints the one that was signed. */
  #oss(request: IncomingMessage, path: string, body: Buffer, reply: Reply): unknown {
    const host = String(request.headers.host);
    const [bucket, key] = path.startsWith('/oss/')
      ? [this.bucket, path.slice('/oss/'.length)]
      : [host.split('.')[0]!, path.slice(1)];
    const headers = request.headers as Record<string, string>;
    const signed = Object.fromEntries(
      Object.entries(headers).filter(([name]) => /^(x-oss-|content-type$|content-md5$)/.test(name)),
    );
    const { AccessKeyId, AccessKeySecret, SecurityToken } = this.credentials;
    const right =
      headers['x-oss-date'] !== undefined &&
      headers['x-oss-security-token'] === SecurityToken &&
      headers.authorization ===
        signUtils.authorizationV4(
          AccessKeyId,
          AccessKeySecret,
          this.region,
          request.method!,
          { headers: signed },
          bucket,
          decodeURIComponent(key),
        );
    const refuse = (status: number, code: string): unknown =>
      reply(status, `<Error><Code>${code}</Code><Secret>${SecurityToken}</Secret></Error>`);
    if (!right) return refuse(403, 'SignatureDoesNotMatch');
    const name = `${bucket}/${decodeURIComponent(key)}`;
    const object = this.objects.get(name);
    if (request.method === 'GET') return object ? reply(200, object) : refuse(404, 'NoSuchKey');
    if (request.method !== 'PUT') return refuse(405, 'MethodNotAllowed');
    if (object && headers['x-oss-forbid-overwrite'] === 'true') return refuse(409, 'FileAlreadyExists');
    this.objects.set(name, body);
    return reply(200, '');
  }

  /** Of the bucket that test endpoints stand for. */
  bucket = 'meissa-example-1234567890123456-cn-beijing';

  #rpc(request: IncomingMessage, form: URLSearchParams, reply: Reply): unknown {
    const refuse = (status: number, code: string): unknown =>
      reply(status, JSON.stringify({ Code: code, Message: `${code}: ${this.credentials.SecurityToken}`, RequestId: '1' }));
    const wrong = this.#wrongForm(request, form);
    if (wrong) return refuse(400, wrong);
    const of = (name: string): string => form.get(name) ?? '';
    if (of('Action') === 'ListTagResources') {
      if (of('Version') !== '2014-05-26' || of('ResourceType') !== 'instance' || of('ResourceId.1') !== this.instanceId)
        return refuse(400, 'InvalidParameter');
      const key = of('Tag.1.Key');
      const value = this.tags[key];
      const found =
        value === undefined ? [] : [{ TagKey: key, TagValue: value, ResourceId: this.instanceId, ResourceType: 'instance' }];
      return reply(200, JSON.stringify({ RequestId: '1', NextToken: '', TagResources: { TagResource: found } }));
    }
    if (of('Action') === 'PutCustomMetric') {
      const [group, metric, type] = ['GroupId', 'MetricName', 'Type'].map((name) => of(`MetricList.1.${name}`));
      if (of('Version') !== '2019-01-01' || group !== '0' || metric !== 'meissa_healthy' || type !== '0')
        return refuse(400, '400');
      this.beats.push(`${of('MetricList.1.Dimensions')} ${of('MetricList.1.Values')}`);
      return reply(200, JSON.stringify({ RequestId: '1', Code: '200', Message: 'success' }));
    }
    if (of('Action') === 'DescribeScalingInstances') return this.#scaling(of, refuse, reply);
    if (of('Action') !== 'SignalResource' || of('Version') !== '2019-09-10') return refuse(400, 'InvalidAction.NotFound');
    const gate = `${of('StackId')}/${of('LogicalResourceId')}`;
    if (!this.waiting.has(gate)) return refuse(400, 'ActionInProgress');
    this.signals.push(`${gate} ${of('UniqueId')} ${of('Status')}`);
    return reply(200, JSON.stringify({ RequestId: '1' }));
  }

  /** Source: ESS 2022-02-22, "DescribeScalingInstances". */
  #scaling(of: (name: string) => string, refuse: (status: number, code: string) => unknown, reply: Reply): unknown {
    const [own, group] = [of('InstanceIds.1'), of('ScalingGroupId')];
    if (of('Version') !== '2022-02-22' || (own === '') === (group === '') || Number(of('PageSize')) > 50)
      return refuse(400, 'InvalidParameter');
    const all = Object.entries(this.group ?? { [this.instanceId]: '2026-01-01T00:00:00Z' }).filter(([id]) => !own || id === own);
    const from = (Number(of('PageNumber')) - 1) * Number(of('PageSize'));
    const rows = all.slice(from, from + Number(of('PageSize'))).map(([InstanceId, made]) => ({
      ...{ InstanceId, ScalingGroupId: 'asg-2ze', LifecycleState: 'InService' },
      CreationTime: `${made.slice(0, 16)}Z`,
    }));
    return reply(200, JSON.stringify({ RequestId: '1', TotalCount: all.length, ScalingInstances: rows }));
  }

  /** What is wrong with a call: its signature (HMAC-SHA1 over the sorted form), time, nonce, or who signed it. */
  #wrongForm(request: IncomingMessage, form: URLSearchParams): string | undefined {
    const encode = (text: string): string =>
      encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    const fields = [...form].filter(([name]) => name !== 'Signature').sort(([a], [b]) => (a < b ? -1 : 1));
    const text = `${request.method}&%2F&${encode(fields.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'))}`;
    const signature = createHmac('sha1', `${this.credentials.AccessKeySecret}&`).update(text).digest('base64');
    if (form.get('AccessKeyId') !== this.credentials.AccessKeyId) return 'InvalidAccessKeyId.NotFound';
    if (form.get('SecurityToken') !== this.credentials.SecurityToken) return 'InvalidSecurityToken.MismatchWithAccessKey';
    if (form.get('Signature') !== signature) return 'SignatureDoesNotMatch';
    if (Math.abs(Date.parse(form.get('Timestamp') ?? '') - Date.now()) > 900_000) return 'InvalidTimeStamp.Expired';
    const nonce = form.get('SignatureNonce') ?? '';
    if (nonce === '' || this.#nonces.has(nonce)) return 'SignatureNonceUsed';
    this.#nonces.add(nonce);
    return form.get('RegionId') === this.region ? undefined : 'InvalidRegionId';
  }
}
