import { memberNumbers } from '../../addresses/member-number';
import { set } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import { quotasOf } from '../../model/quotas';
import { linksOf, needsTransit } from '../../model/resolved-links';
import { regionsOf } from '../../regions-of';
import { ESTATE_PATH, type Problem, type Rule, wholeRegions } from '../rule';

/** What the estate makes in a region of an account, all stacks together, stays inside its quotas. Source: "Amazon VPC quotas" (L-0263D0A3, L-DF5E4CA3); "Site-to-Site VPN quotas" (L-3E6EC3A3); Aliyun, "EIP quotas" (eip_quota_instances_num). */
export const regionQuotasHold: Rule = {
  code: 'REGION_QUOTA',
  title: 'Elastic addresses, network interfaces and VPN connections of a region stay inside the quotas of its account.',
  why: 'the cloud refuses the one too many in the middle of a deploy, and a new account has few',
  check: (estate) => [
    ...regionsOf({ regions: wholeRegions(estate) }, 'aws').flatMap((region) => ofRegion(estate, region)),
    ...ofAccounts(estate),
  ],
};

interface Count {
  readonly quota: 'elasticIps' | 'interfaces' | 'vpnConnections';
  readonly count: number;
  readonly what: string;
  readonly path: readonly string[];
  /** What makes fewer, in words. */
  readonly or: string;
}

function ofRegion(estate: Estate, region: Region): Problem[] {
  const { file, name, network } = region;
  const quotas = quotasOf(estate, region);
  const gateways = natGateways(region);
  const hosts = region.clusters
    .flatMap((c) => c.fleets)
    .reduce((sum, f) => sum + (f.kind === 'members' ? memberNumbers(f).length : f.max), 0);
  const ofTransit = needsTransit(estate, region) ? network.zones.length : 0;
  const vpns = linksOf(estate, region).filter((link) => link.kind === 'vpn').length;
  const counts: readonly Count[] = [
    {
      quota: 'elasticIps',
      count: gateways,
      what: `Elastic IP addresses, one a NAT gateway`,
      path: ['network', 'nat'],
      or: gateways > 1 ? ', or `nat: single`, if the loss of its zone may cut all of them from the internet' : '',
    },
    {
      quota: 'interfaces',
      count: hosts + gateways + ofTransit,
      what: `network interfaces, ${hosts} of hosts`,
      path: ['clusters'],
      or: ', or move a cluster to another region',
    },
    { quota: 'vpnConnections', count: vpns, what: 'VPN connections', path: ['quotas'], or: '' },
  ];
  return counts
    .filter(({ quota, count }) => count > quotas[quota])
    .map(({ quota, count, what, path, or }) => ({
      file,
      path,
      message: `${name} has ${count} ${what}, over ${quotas[quota]}`,
      write: [set(['quotas', quota], count)],
      fix: `once the account has so much${or}`,
    }));
}

/** Addresses on Aliyun are counted over all regions of an account. */
function ofAccounts(estate: Estate): Problem[] {
  const regions = regionsOf({ regions: wholeRegions(estate) }, 'aliyun');
  const most = estate.quotas.aliyunElasticIps;
  return [...new Set(regions.map(({ aliyun }) => aliyun.account))].flatMap((account): Problem[] => {
    const own = regions.filter(({ aliyun }) => aliyun.account === account);
    const count = own.reduce((sum, region) => sum + natGateways(region), 0);
    if (count <= most) return [];
    return [
      {
        file: ESTATE_PATH,
        path: ['quotas', 'aliyunElasticIps'],
        message: `the regions of Aliyun's account ${account} have ${count} elastic IP addresses, one a NAT gateway, over ${most}`,
        write: [set(['quotas', 'aliyunElasticIps'], count)],
        fix: 'once the account has so much',
      },
    ];
  });
}

/** Each has an address of its own. */
function natGateways({ network: { nat, zones } }: Region): number {
  if (nat === 'none') return 0;
  return nat === 'single' ? 1 : new Set(zones).size;
}
