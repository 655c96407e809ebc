import { RECORD_ROUTING, RECORD_TTL, RECORD_TYPES, RECORD_WEIGHT } from '../../../../facts/aws/requests';
import { givenOf, number, type PropertyCheck, text } from '../given';

export const recordChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::Route53::HostedZone': (p) => [p.Name === undefined && 'Name: The request must contain the parameter Name'],
  'AWS::Route53::RecordSet': (p) => {
    const type = text(p, 'Type');
    const alias = p.AliasTarget !== undefined;
    const routing = givenOf(p, RECORD_ROUTING);
    const records = Array.isArray(p.ResourceRecords) ? p.ResourceRecords : [];
    const [ttl, weight] = [number(p, 'TTL'), number(p, 'Weight')];
    return [
      p.TTL !== undefined &&
        text(p, 'TTL') !== undefined &&
        (ttl === undefined || ttl < 0 || ttl > RECORD_TTL) &&
        `TTL: it is from 0 to ${RECORD_TTL} seconds`,
      weight !== undefined && (weight < 0 || weight > RECORD_WEIGHT) && `Weight: it is from 0 to ${RECORD_WEIGHT}`,
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
