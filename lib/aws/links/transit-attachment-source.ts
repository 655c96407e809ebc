/**
 * The function behind `Custom::TransitAttachment`, as text: it stands in the template, which takes 4,096 bytes ("AWS::Lambda::Function Code",
 * ZipFile). It runs on Lambda's own Node.js with the SDK that comes with it.
 *
 * It answers CloudFormation whatever happens: with the attachment's id once it is available, else with the reason, also when an
 * answer of EC2 doesn't come, and before Lambda would end it. A new role's permissions take some seconds to hold, so their
 * absence counts only after a minute.
 */
export const TRANSIT_ATTACHMENT_SOURCE = `const ec2 = require('@aws-sdk/client-ec2');
const client = new ec2.EC2Client({});
const LOOK = 5000;
const KEEP = 30000;
const DEAD = ['deleting', 'deleted', 'failing', 'failed', 'rejecting', 'rejected'];
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// A peering that another gateway asked for: accepted once, then watched.
async function peering({ AttachmentId: id }) {
  const ids = { TransitGatewayAttachmentIds: [id] };
  const { TransitGatewayPeeringAttachments: [it] = [] } = await client.send(
    new ec2.DescribeTransitGatewayPeeringAttachmentsCommand(ids),
  );
  if (it?.State === 'pendingAcceptance')
    await client.send(new ec2.AcceptTransitGatewayPeeringAttachmentCommand({ TransitGatewayAttachmentId: id }));
  return it && { id, state: it.State, why: it.Status?.Message };
}

// What a VPN or a Direct Connect gateway is attached by; earlier ones that are gone stay in sight for a while.
async function attachment({ Kind, TransitGatewayId, ResourceId }) {
  const type = { vpn: 'vpn', 'direct-connect': 'direct-connect-gateway' }[Kind];
  if (!type) throw new Error('unknown Kind ' + Kind);
  const filters = { 'transit-gateway-id': TransitGatewayId, 'resource-id': ResourceId, 'resource-type': type };
  const { TransitGatewayAttachments: all = [] } = await client.send(
    new ec2.DescribeTransitGatewayAttachmentsCommand({
      Filters: Object.entries(filters).map(([Name, value]) => ({ Name, Values: [value] })),
    }),
  );
  const it = all.find((one) => !DEAD.includes(one.State));
  return it && { id: it.TransitGatewayAttachmentId, state: it.State };
}

async function settle(props, until) {
  const look = props.Kind === 'accept-peering' ? peering : attachment;
  for (let looks = 0; !until.over; looks++) {
    try {
      const found = await look(props);
      until.seen = found ? 'it is ' + found.state : 'there is none';
      if (found?.state === 'available') return found.id;
      if (DEAD.includes(found?.state)) {
        const dead = new Error('the attachment ' + found.id + ' is ' + found.state + (found.why ? ': ' + found.why : ''));
        throw Object.assign(dead, { name: 'Dead' });
      }
    } catch (error) {
      const soon = /NotFound|IncorrectState|Throttl|RequestLimit/.test(error.name);
      if (!soon && !(looks < 12 && /Unauthorized|AuthFailure/.test(error.name))) throw error;
      until.seen = error.message;
    }
    await sleep(LOOK);
  }
}

async function answer(url, body) {
  for (let left = 4; ; left--) {
    try {
      // The address was signed for no content type.
      const sent = { method: 'PUT', headers: { 'content-type': '' }, body, signal: AbortSignal.timeout(5000) };
      const { ok, status } = await fetch(url, sent);
      if (ok) return;
      throw new Error('CloudFormation answered ' + status);
    } catch (error) {
      if (left === 0) throw error;
      await sleep(1000);
    }
  }
}

exports.handler = async (event, context) => {
  const { RequestType, ResourceProperties, StackId, RequestId, LogicalResourceId } = event;
  let PhysicalResourceId = event.PhysicalResourceId || LogicalResourceId;
  const until = { over: false, seen: 'nothing was seen' };
  let Reason;
  try {
    // Nothing to delete: an attachment goes with what made it.
    if (RequestType !== 'Delete') {
      const late = sleep(context.getRemainingTimeInMillis() - KEEP).then(() => {
        throw new Error('not available in time: ' + until.seen);
      });
      PhysicalResourceId = await Promise.race([settle(ResourceProperties, until), late]);
    }
  } catch (error) {
    console.error(error);
    Reason = String(error.message || error).slice(0, 1000);
  }
  until.over = true;
  const Status = Reason ? 'FAILED' : 'SUCCESS';
  await answer(event.ResponseURL, JSON.stringify({ Status, Reason, PhysicalResourceId, StackId, RequestId, LogicalResourceId }));
};
`;
