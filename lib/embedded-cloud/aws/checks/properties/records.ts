import { RECORD_ROUTING, RECORD_TYPES } from '../../../../facts/aws/requests';
import { givenOf, type PropertyCheck, text } from '../known';

export const recordChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::Route53::HostedZone': (p) => [p.Name === undefined && 'Name: The request must contain the parameter Name'],
  'AWS::Route53::RecordSet': (p) => {
    const type = text(p, 'Type');
    const alias = p.AliasTarget !== undefined;
    const routing = givenOf(p, RECORD_ROUTING);
    const records = Array.isArray(p.ResourceRecords) ? p.ResourceRecords : [];
    return [
      type !== undefined && !RECORD_TYPES.includes(type) && `Type: ${type} is not one of ${RECORD_TYPES.join(', ')}`,
      givenOf(p, ['HostedZoneId', 'HostedZoneName']).length !== 1 &&
        'HostedZoneId: either HostedZoneId or HostedZoneName is wanted',
      givenOf(p, ['AliasTarget', 'ResourceRecords']).length !== 1 &&
        'ResourceRecords: Invalid request: expected either AliasTarget or ResourceRecords',
      !alias && p.TTL === undefined && 'TTL: Invalid request: Missing field TTL',
      alias && p.TTL !== undefined && 'TTL: Invalid request: an alias has no TTL of its own',
      type === 'CNAME' && records.length > 1 && 'ResourceRecords: a CNAME has one value',
      routing.length > 0 &&
        p.SetIdentifier === undefined &&
        `SetIdentifier: records that ${routing.join(', ')} chooses among need it`,
      routing.length === 0 && p.SetIdentifier !== undefined && 'SetIdentifier: nothing chooses among records of this name',
    ];
  },
};
