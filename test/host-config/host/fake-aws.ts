import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awsHost } from '../../credentials.json';

const SERVICES: Readonly<Record<string, string>> = {
  ssm: 'ssm',
  cfn: 'cloudformation',
  asg: 'autoscaling',
  'cw/': 'monitoring',
};

/** The metadata service, SSM, CloudFormation, Auto Scaling and S3 as far as a host asks them, on loopback, with every signature checked. */
export class FakeAws {
  readonly credentials = { AccessKeyId: 'EXAMPLEID', SecretAccessKey: awsHost.keySecret, Token: awsHost.token };
  address = '10.9.8.64';
  region = 'sa-east-1';
  instanceId = 'i-0123456789abcdef0';
  readonly tags: Record<string, string> = {};
  /** Prefixes of the first interface, as of now. */
  readonly prefixes: string[] = [];
  readonly parameters = new Map<string, string>();
  /** SecureString parameters: they are read in clear only with decryption. */
  readonly secrets = new Map<string, string>();
  readonly objects = new Map<string, Buffer>();
  /** Gates that wait, `stack/logical`. */
  readonly waiting = new Set<string>();
  /** Signals that were taken: `stack/logical id status`. */
  readonly signals: string[] = [];
  /** Where the scaling group wants this host. @default - it doesn't say */
  lifecycleState?: string;
  /** Whether the hook waits for the host. */
  hookWaits = false;
  /** Calls of a lifecycle hook that were taken: `Action group hook id result`. */
  readonly lifecycle: string[] = [];
  /** Every request, `METHOD path`. */
  readonly requests: string[] = [];
  /** Answers to give instead of the right ones, first come first served, to requests whose path holds `path`. */
  readonly trouble: { path: string; status: number; body?: string }[] = [];
  role = true;
  /** User-data, as it is sent. */
  userData: string | Buffer = '#cloud-config\n';
  /** Heartbeats that were taken: `dimension value: value`. */
  readonly beats: string[] = [];
  readonly #sessions = new Set<string>();

  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => this.#answer(request, Buffer.concat(chunks), response));
  });

  /** @param socket a file to listen on instead: it is reached from every network namespace */
  async start(socket?: string): Promise<void> {
    const where = socket === undefined ? { port: 0, host: '127.0.0.1' } : { path: socket };
    await new Promise<void>((done) => this.#server.listen(where, done));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** What points the scripts at this server. */
  get environment(): Record<string, string> {
    const url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return {
      MEISSA_IMDS_URL: url,
      MEISSA_ENDPOINT_SSM: `${url}/ssm`,
      MEISSA_ENDPOINT_CFN: `${url}/cfn`,
      MEISSA_ENDPOINT_ASG: `${url}/asg`,
      MEISSA_ENDPOINT_CW: `${url}/cw`,
      MEISSA_ENDPOINT_S3: `${url}/s3`,
    };
  }

  #answer(request: IncomingMessage, body: Buffer, response: ServerResponse): unknown {
    const path = request.url!;
    this.requests.push(`${request.method} ${path}`);
    const reply = (status: number, text: string | Buffer): unknown => response.writeHead(status).end(text);
    const troubled = this.trouble.findIndex((each) => path.includes(each.path));
    if (troubled >= 0) {
      const { status, body: text } = this.trouble.splice(troubled, 1)[0]!;
      return reply(status, text ?? '');
    }
    if (path.startsWith('/latest/')) return this.#metadata(request, path, reply);
    const service = SERVICES[path.slice(1, 4)] ?? 's3';
    const wrong = this.#wrongSignature(request, body, service);
    if (wrong) return reply(403, `{"__type":"InvalidSignatureException","message":"${wrong}"}`);
    if (service === 'ssm') return this.#ssm(String(request.headers['x-amz-target']), JSON.parse(body.toString()), reply);
    if (service === 'cloudformation') return this.#cloudformation(new URLSearchParams(body.toString()), reply);
    if (service === 'autoscaling') return this.#autoScaling(new URLSearchParams(body.toString()), reply);
    if (service === 'monitoring') return this.#monitoring(new URLSearchParams(body.toString()), reply);
    const key = decodeURIComponent(path.slice('/s3/'.length));
    if (request.method === 'PUT') {
      this.objects.set(key, body);
      return reply(200, '');
    }
    const object = this.objects.get(key);
    return object ? reply(200, object) : reply(404, '<Code>NoSuchKey</Code>');
  }

  #metadata(request: IncomingMessage, path: string, reply: (status: number, text: string | Buffer) => unknown): unknown {
    if (path === '/latest/api/token') {
      if (request.method !== 'PUT' || !request.headers['x-aws-ec2-metadata-token-ttl-seconds']) return reply(400, '');
      const session = `token-${this.requests.length}==`;
      this.#sessions.add(session);
      return reply(200, session);
    }
    if (!this.#sessions.has(String(request.headers['x-aws-ec2-metadata-token']))) return reply(401, '');
    if (path === '/latest/user-data') return reply(200, this.userData);
    const name = decodeURIComponent(path.slice('/latest/meta-data/'.length));
    if (name === 'local-ipv4') return reply(200, this.address);
    if (name === 'instance-id') return reply(200, this.instanceId);
    if (name === 'autoscaling/target-lifecycle-state')
      return this.lifecycleState === undefined ? reply(404, '') : reply(200, this.lifecycleState);
    if (name === 'mac') return reply(200, '02:00:00:00:00:01');
    if (name === 'network/interfaces/macs/02:00:00:00:00:01/ipv4-prefix')
      return this.prefixes.length > 0 ? reply(200, this.prefixes.join('\n')) : reply(404, '<h1>404</h1>');
    if (name === 'iam/security-credentials/') return this.role ? reply(200, 'the-role') : reply(404, '');
    if (name === 'iam/security-credentials/the-role') return reply(200, JSON.stringify(this.credentials, null, 2));
    const tag = name.startsWith('tags/instance/') ? this.tags[name.slice('tags/instance/'.length)] : undefined;
    return tag === undefined ? reply(404, '<h1>404</h1>') : reply(200, tag);
  }

  #ssm(
    target: string,
    input: { Name: string; Value?: string; Overwrite?: boolean; WithDecryption?: boolean },
    reply: (status: number, text: string) => unknown,
  ): unknown {
    const secret = this.secrets.get(input.Name);
    const value = input.WithDecryption
      ? (secret ?? this.parameters.get(input.Name))
      : (secret && 'AQICAH') || this.parameters.get(input.Name);
    if (target === 'AmazonSSM.GetParameter') {
      if (value === undefined) return reply(400, '{"__type":"ParameterNotFound"}');
      return reply(200, JSON.stringify({ Parameter: { Name: input.Name, Value: value } }));
    }
    if (target !== 'AmazonSSM.PutParameter') return reply(400, '{"__type":"UnknownOperationException"}');
    if (value !== undefined && !input.Overwrite) return reply(400, '{"__type":"ParameterAlreadyExists","message":"exists"}');
    this.parameters.set(input.Name, input.Value!);
    return reply(200, '{"Version":1}');
  }

  #cloudformation(form: URLSearchParams, reply: (status: number, text: string) => unknown): unknown {
    const gate = `${form.get('StackName')}/${form.get('LogicalResourceId')}`;
    if (form.get('Action') !== 'SignalResource' || !this.waiting.has(gate)) {
      return reply(400, `<Error><Code>ValidationError</Code><Message>Resource ${gate} can not be signalled</Message></Error>`);
    }
    this.signals.push(`${gate} ${form.get('UniqueId')} ${form.get('Status')}`);
    return reply(200, '<SignalResourceResponse/>');
  }

  #monitoring(form: URLSearchParams, reply: (status: number, text: string) => unknown): unknown {
    const of = (name: string): string | null => form.get(`MetricData.member.1.${name}`);
    const metric = ['Action', 'Version', 'Namespace'].map((name) => form.get(name)).join(' ');
    if (metric !== 'PutMetricData 2010-08-01 meissa' || of('MetricName') !== 'Healthy')
      return reply(400, '<Code>InvalidParameterValue</Code>');
    this.beats.push(`${of('Dimensions.member.1.Name')} ${of('Dimensions.member.1.Value')}: ${of('Value')}`);
    return reply(200, '<PutMetricDataResponse/>');
  }

  #autoScaling(form: URLSearchParams, reply: (status: number, text: string) => unknown): unknown {
    const words = ['Action', 'AutoScalingGroupName', 'LifecycleHookName', 'InstanceId', 'LifecycleActionResult'];
    if (!this.hookWaits || form.get('Version') !== '2011-01-01') {
      return reply(400, '<Error><Code>ValidationError</Code><Message>No active Lifecycle Action found</Message></Error>');
    }
    this.lifecycle.push(words.flatMap((word) => form.get(word) ?? []).join(' '));
    return reply(200, '<Response/>');
  }

  /** Signature Version 4, computed again from what came in. */
  #wrongSignature(request: IncomingMessage, body: Buffer, service: string): string | undefined {
    const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
    const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
    const authorization = String(request.headers.authorization);
    const parts =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
        authorization,
      );
    if (!parts) return `no signature: ${authorization}`;
    const [, id, day, region, signedService, signedHeaders, signature] = parts as unknown as string[];
    if (id !== this.credentials.AccessKeyId || signedService !== service || region !== this.region)
      return `wrong scope ${authorization}`;
    if (request.headers['x-amz-security-token'] !== this.credentials.Token) return 'no session token';
    const names = signedHeaders!.split(';');
    if (!names.includes('x-amz-security-token')) return 'session token not signed';
    const headers = names.map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}\n`).join('');
    const payload = String(request.headers['x-amz-content-sha256'] ?? hash(body));
    const canonical = [request.method, request.url, '', headers, signedHeaders, payload].join('\n');
    const scope = `${day}/${region}/${service}/aws4_request`;
    const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hash(canonical)].join('\n');
    const key = [region!, service, 'aws4_request'].reduce<Buffer>(
      (at, part) => hmac(at, part),
      hmac(`AWS4${this.credentials.SecretAccessKey}`, day!),
    );
    return createHmac('sha256', key).update(text).digest('hex') === signature ? undefined : `wrong signature of ${canonical}`;
  }
}
