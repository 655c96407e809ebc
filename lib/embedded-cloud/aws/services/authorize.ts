import type { Backend } from '../../backend';
import type { CloudRequest } from '../../http/exchange';
import { type Form, text } from '../../http/form';
import { accountOf } from '../../store/world';
import { AwsError } from '../aws-error';
import { mayDo } from '../permissions';

/** ARN of what a call is about, for the actions that know resources; `*` for all others. */
export function resourceOf(backend: Backend, request: CloudRequest, action: string, form: Record<string, Form>): string {
  const named: Record<string, [kind: string, field: string]> = {
    AcceptTransitGatewayPeeringAttachment: ['transit-gateway-attachment', 'TransitGatewayAttachmentId'],
    AcceptVpcPeeringConnection: ['vpc-peering-connection', 'VpcPeeringConnectionId'],
    SearchTransitGatewayRoutes: ['transit-gateway-route-table', 'TransitGatewayRouteTableId'],
  };
  const found = named[action];
  if (!found) return '*';
  return `arn:${backend.world.partition}:ec2:${request.region}:${request.account}:${found[0]}/${text(form, found[1])}`;
}

/** Functions may do what their role allows; every other caller may do everything. */
export function authorize(backend: Backend, request: CloudRequest, action: string, resource = '*'): void {
  const { role, bounded } = request.key;
  if (role === undefined || bounded !== true || action === 'sts:GetCallerIdentity') return;
  if (mayDo(accountOf(backend.world, request.account), role, action, resource)) return;
  const user = `arn:${backend.world.partition}:sts::${request.account}:assumed-role/${role.split('/').pop()}/function`;
  throw new AwsError(
    request.service === 'ec2' ? 'UnauthorizedOperation' : 'AccessDenied',
    `You are not authorized to perform this operation. User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    403,
  );
}
