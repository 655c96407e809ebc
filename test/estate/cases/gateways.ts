import type { Written } from '../written';
import type { RuleCases } from './case';
import { line, links, south, vpn, west, wide } from './joined';

/** A second line of the data centre into us-east-1, by the gateway of the first. */
const second = { ...line, vlan: 302, network: '169.254.101.0/30', asn: undefined, gateway: 'line', preference: 190 };
const direct = { kind: 'association', between: ['beijing', 'sa-east-1'], gateway: 'line' };

/** The wide estate with sa-east-1 joined directly with the line's gateway, and a VPN of its own behind it. */
function associated(w: Written): void {
  wide(w);
  delete w.estate.links.south;
  const own = { ...vpn, between: [...direct.between], tunnels: ['169.254.31.0/30', '169.254.32.0/30'], keyName: 'vpn/sa-east-1' };
  links(w, { direct, own });
}

const beside =
  (more: Record<string, object>, from: (w: Written) => void = wide) =>
  (w: Written): void => {
    from(w);
    links(w, more);
  };

/** Further regions, each with a transit gateway, and the association of each with the line's gateway. */
function regions(w: Written, names: readonly string[]): void {
  names.forEach((name, i) => {
    w.places[name] = { ...structuredClone(west(w)), region: name, block: `10.${20 + i}.0.0/16`, transit: { asn: 64620 + i } };
    w.places[name].network.zones = [`${name}a`, `${name}b`];
    links(w, { [`by-${name}`]: { ...direct, between: ['beijing', name] } });
  });
  if (!names.includes('us-west-2')) delete w.places['us-west-2'];
}

export const gatewayCases: RuleCases[] = [
  {
    code: 'LINK_GATEWAY',
    refuses: {
      'a gateway of an entry that is not there': beside({ second: { ...second, gateway: 'lien' } }),
      'a gateway of a VPN': beside({ second: { ...second, gateway: 'fallback' } }),
      'a gateway of an entry that uses another one': (w) => {
        associated(w);
        links(w, { second: { ...second, gateway: 'direct' } });
      },
      'a gateway of another data centre': (w) => {
        wide(w);
        w.places.shanghai = { idc: 'shanghai', block: '10.201.0.0/16', asn: 65011, routers: { r1: { address: '10.201.0.1' } } };
        links(w, { second: { ...second, between: ['shanghai', 'us-east-1'] } });
      },
      'a gateway of another account': (w) => {
        associated(w);
        south(w).aws = { account: '222222222222' };
        w.estate.links.backbone.kind = 'transit';
      },
      'neither a gateway nor a number': beside({ second: { ...second, gateway: undefined } }),
      'an association with neither': (w) => {
        associated(w);
        w.estate.links.direct.gateway = undefined;
      },
      'an association that makes a gateway without a line': (w) => {
        associated(w);
        w.estate.links.direct = { ...direct, gateway: undefined, asn: 64611 };
      },
      'a line into a region that its gateway is not joined with': (w) => {
        wide(w);
        delete w.estate.links.south;
        links(w, { second: { ...second, between: ['beijing', 'sa-east-1'] } });
      },
      'a second association with a region': (w) => {
        associated(w);
        links(w, { again: direct });
      },
      'an association where the line ends': beside({ again: { ...direct, between: ['beijing', 'us-east-1'] } }),
      'lines of one gateway that carry different ranges': (w) => {
        wide(w);
        w.places['us-east-1'].containers = { mode: 'host-gw', block: '172.16.0.0/16' };
        delete w.places['us-east-1'].clusters.core.fleets.adserver;
        delete w.estate.links.fallback;
        w.estate.links.line.carries = ['hosts', 'containers'];
        links(w, { second });
      },
    },
    accepts: {
      'a second line by the gateway of the first': beside({ second }),
      'a region joined with the gateway of another one’s line': associated,
      'a line into each of two regions by one gateway': (w) => {
        associated(w);
        links(w, { second: { ...second, between: ['beijing', 'sa-east-1'] } });
      },
      'a gateway whose first line is gone': (w) => {
        wide(w);
        w.estate.links.line = { kind: 'association', between: ['beijing', 'us-east-1'], asn: 64600 };
        links(w, { second });
      },
      'a region through one that is joined with the gateway': (w) => {
        associated(w);
        west(w).transit = { asn: 64603 };
        links(w, {
          far: { kind: 'transit', between: ['sa-east-1', 'us-west-2'] },
          behind: { kind: 'transit', between: ['beijing', 'us-west-2'], through: 'sa-east-1' },
        });
      },
    },
  },
  {
    code: 'GATEWAY_QUOTA',
    refuses: {
      'seven regions': (w) => {
        associated(w);
        regions(w, ['us-west-1', 'us-west-2', 'us-east-2', 'eu-west-1', 'eu-west-2']);
      },
    },
    accepts: {
      'six regions': (w) => {
        associated(w);
        regions(w, ['us-west-1', 'us-west-2', 'us-east-2', 'eu-west-1']);
      },
    },
  },
  {
    code: 'LINE_PREFERENCE',
    refuses: {
      'lines of one gateway into two regions': (w) => {
        associated(w);
        links(w, { second: { ...second, between: ['beijing', 'sa-east-1'], preference: undefined } });
      },
      'a line of a gateway that leads to the region of another line, too': (w) => {
        associated(w);
        const other = { ...second, between: ['beijing', 'sa-east-1'], gateway: undefined, asn: 64610, preference: undefined };
        links(w, { second: other });
      },
      'lines of two gateways that would share the load': (w) => {
        wide(w);
        w.estate.links.line.preference = 150;
        links(w, { second: { ...second, gateway: undefined, asn: 64610, preference: 150 } });
      },
    },
    accepts: {
      'main and spare': beside({ second }),
      'two lines that say that they share the load': (w) => {
        wide(w);
        w.estate.links.line.preference = 200;
        links(w, { second: { ...second, preference: 200 } });
      },
      'a line and a VPN': wide,
    },
  },
];
