/** The function behind Custom::TransitAttachment, run as Lambda runs it, against an EC2 of our own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TRANSIT_ATTACHMENT_SOURCE } from '../../lib/aws/links/transit-attachment-source';
import { ROOT, run } from '../child/run';
import { attachmentsXml, FakeCloud, peeringXml, type Reply } from './fake-ec2';

const ENV = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
  AWS_CONFIG_FILE: join(ROOT, 'no-config'),
  AWS_SHARED_CREDENTIALS_FILE: join(ROOT, 'no-credentials'),
};

/** Waits pass this much faster. */
const FASTER = 500;

const ACCEPT = { Kind: 'accept-peering', AttachmentId: 'tgw-attach-1' };
const FIND = { Kind: 'vpn', TransitGatewayId: 'tgw-1', ResourceId: 'vpn-1' };

let cloud: FakeCloud;
const before = { ...process.env };

beforeEach(async () => {
  cloud = await FakeCloud.start();
  Object.assign(process.env, ENV, { AWS_ENDPOINT_URL: cloud.url });
  jest.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  process.env = { ...before };
  jest.restoreAllMocks();
  await cloud.close();
});

type Handler = (event: object, context: { getRemainingTimeInMillis: () => number }) => Promise<void>;

function handler(): Handler {
  const exports: { handler?: Handler } = {};
  const faster = (done: () => void, ms: number) => setTimeout(done, ms / FASTER).unref();
  new Function('exports', 'require', 'setTimeout', TRANSIT_ATTACHMENT_SOURCE)(exports, require, faster);
  return exports.handler!;
}

interface Asked {
  readonly type?: 'Create' | 'Update' | 'Delete';
  readonly physicalId?: string;
  /** Seconds that Lambda still gives. */
  readonly left?: number;
}

function event(properties: object, { type = 'Create', physicalId }: Asked = {}) {
  return {
    RequestType: type,
    ResponseURL: `${cloud.url}/answer`,
    StackId: 'arn:stack',
    RequestId: 'r-1',
    LogicalResourceId: 'PeeringAcceptedG1x1',
    ...(physicalId === undefined ? {} : { PhysicalResourceId: physicalId }),
    ResourceProperties: properties,
  };
}

/** Runs it once, and returns the one answer that CloudFormation got. */
async function ask(properties: object, asked: Asked = {}) {
  const { left = 900 } = asked;
  await handler()(event(properties, asked), { getRemainingTimeInMillis: () => left * 1000 });
  expect(cloud.answers).toHaveLength(1);
  return cloud.answers[0]!.body;
}

/** Each call of an action gets the next reply, the last one for ever. */
function replies(...list: readonly Reply[]): () => Reply {
  let next = 0;
  return () => list[Math.min(next++, list.length - 1)]!;
}

const actions = () => cloud.calls.map((call) => call.action);

test('it fits into a template', () => {
  expect(Buffer.byteLength(TRANSIT_ATTACHMENT_SOURCE)).toBeLessThanOrEqual(4_096);
});

describe('a peering', () => {
  test('that is pending is accepted once, and its id is the answer when it is available', async () => {
    const states = replies(peeringXml('pendingAcceptance'), peeringXml('pending'), peeringXml('available'));
    cloud.reply = ({ action }) => (action.startsWith('Accept') ? peeringXml('pending') : states());
    expect(await ask(ACCEPT)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'tgw-attach-1', RequestId: 'r-1' });
    expect(actions().filter((action) => action.startsWith('Accept'))).toHaveLength(1);
    const accept = cloud.calls.find((call) => call.action === 'AcceptTransitGatewayPeeringAttachment');
    expect(accept!.parameters.TransitGatewayAttachmentId).toBe('tgw-attach-1');
  });

  test('that is available already is only looked at', async () => {
    cloud.reply = () => peeringXml('available');
    expect(await ask(ACCEPT, { type: 'Update', physicalId: 'tgw-attach-1' })).toMatchObject({ Status: 'SUCCESS' });
    expect(actions()).toEqual(['DescribeTransitGatewayPeeringAttachments']);
  });

  test('that is not in sight yet, or still initiating, is waited for', async () => {
    const states = replies(
      { error: 'InvalidTransitGatewayAttachmentID.NotFound' },
      peeringXml('initiatingRequest'),
      peeringXml('pendingAcceptance'),
      peeringXml('available'),
    );
    cloud.reply = ({ action }) => (action.startsWith('Accept') ? peeringXml('pending') : states());
    expect(await ask(ACCEPT)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('that changes state between look and acceptance is looked at again', async () => {
    const states = replies(peeringXml('pendingAcceptance'), peeringXml('available'));
    cloud.reply = ({ action }) => (action.startsWith('Accept') ? { error: 'IncorrectState' } : states());
    expect(await ask(ACCEPT)).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each(['rejected', 'failed', 'deleted'])('that is %s fails at once with the reason', async (state) => {
    cloud.reply = () => peeringXml(state, 'no such gateway');
    const answer = await ask(ACCEPT);
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'PeeringAcceptedG1x1' });
    expect(answer.Reason).toBe(`the attachment tgw-attach-1 is ${state}: no such gateway`);
    expect(actions()).toHaveLength(1);
  });
});

describe('an attachment', () => {
  test('of a VPN is found by gateway and connection; those that are gone are passed over', async () => {
    cloud.reply = replies(
      attachmentsXml(['tgw-attach-8', 'deleted']),
      attachmentsXml(['tgw-attach-8', 'deleted'], ['tgw-attach-9', 'available']),
    );
    expect(await ask(FIND)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'tgw-attach-9' });
    expect(cloud.calls[0]!.parameters).toMatchObject({
      'Filter.1.Name': 'transit-gateway-id',
      'Filter.1.Value.1': 'tgw-1',
      'Filter.2.Name': 'resource-id',
      'Filter.2.Value.1': 'vpn-1',
      'Filter.3.Name': 'resource-type',
      'Filter.3.Value.1': 'vpn',
    });
  });

  test('of a Direct Connect gateway is found by its own type', async () => {
    cloud.reply = () => attachmentsXml(['tgw-attach-7', 'available']);
    expect(await ask({ ...FIND, Kind: 'direct-connect', ResourceId: 'dxgw-1' })).toMatchObject({
      PhysicalResourceId: 'tgw-attach-7',
    });
    expect(cloud.calls[0]!.parameters).toMatchObject({ 'Filter.3.Value.1': 'direct-connect-gateway' });
  });
});

describe('CloudFormation gets an answer', () => {
  test('before Lambda ends the function, with what was seen last', async () => {
    cloud.reply = () => attachmentsXml(['tgw-attach-9', 'pending']);
    const answer = await ask(FIND, { left: 60 });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: 'not available in time: it is pending' });
  });

  test('when EC2 says nothing at all', async () => {
    cloud.reply = () => 'silence';
    expect(await ask(ACCEPT, { left: 31 })).toMatchObject({
      Status: 'FAILED',
      Reason: 'not available in time: nothing was seen',
    });
  });

  test('when permissions are not there yet, and with their absence when they never come', async () => {
    const refused: Reply = { error: 'UnauthorizedOperation', message: 'You are not authorized' };
    cloud.reply = replies(refused, refused, peeringXml('available'));
    expect(await ask(ACCEPT)).toMatchObject({ Status: 'SUCCESS' });
    cloud.answers.length = 0;
    cloud.reply = () => refused;
    expect(await ask(ACCEPT)).toMatchObject({ Status: 'FAILED', Reason: 'You are not authorized' });
  });

  test('when the call is wrong', async () => {
    cloud.reply = () => ({ error: 'InvalidParameterValue', message: 'no filter of this name' });
    expect(await ask(FIND)).toMatchObject({ Status: 'FAILED', Reason: 'no filter of this name' });
    cloud.answers.length = 0;
    expect(await ask({ Kind: 'carrier-pigeon' })).toMatchObject({ Status: 'FAILED', Reason: 'unknown Kind carrier-pigeon' });
  });

  test('when a failed update keeps the id that it had', async () => {
    cloud.reply = () => peeringXml('failed');
    expect(await ask(ACCEPT, { type: 'Update', physicalId: 'tgw-attach-0' })).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'tgw-attach-0',
    });
  });

  test('when the bucket refuses twice, and with no content type, which its address was not signed for', async () => {
    cloud.reply = () => peeringXml('available');
    cloud.refusals = [503, 500];
    await ask(ACCEPT);
    expect(cloud.answers[0]).toMatchObject({ method: 'PUT', type: '' });
  });

  test('of success to a deletion, which asks EC2 nothing', async () => {
    expect(await ask(ACCEPT, { type: 'Delete', physicalId: 'tgw-attach-1' })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'tgw-attach-1',
    });
    expect(cloud.calls).toEqual([]);
  });
});

test('it is a module of its own: Node runs it as a file, with the SDK beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-function-'));
  try {
    cloud.reply = () => peeringXml('available');
    writeFileSync(join(folder, 'index.js'), TRANSIT_ATTACHMENT_SOURCE);
    const call = `require('./index.js').handler(${JSON.stringify(event(ACCEPT))}, { getRemainingTimeInMillis: () => 60000 }).then(() => process.exit(0))`;
    const env = { ...ENV, AWS_ENDPOINT_URL: cloud.url, NODE_PATH: join(ROOT, 'node_modules') };
    expect(await run(process.execPath, ['-e', call], { cwd: folder, env })).toMatchObject({ code: 0 });
    expect(cloud.answers.map((answer) => answer.body.Status)).toEqual(['SUCCESS']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
