import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const LIB = join(__dirname, '../../lib');

/** A cloud's own files: its rooms, and files named by it. */
const OWN = /^(facts|clouds)\/|(^|[/-])(aws|aliyun)([/.-]|$)/;

/** A name of a cloud is compared with something, or its regions are picked out. */
const BRANCH = /[=!]== '(aws|aliyun)'|case '(aws|aliyun)'|'(aws|aliyun)' in |regionsOf\([^;]*?'(aws|aliyun)'\)/;

/** Every other file that asks which cloud it is, and why it may. A third cloud is looked for in these. */
const REASONS: Readonly<Record<string, string>> = {
  'cli/emission-inputs.ts': 'only Aliyun has a Cloud Enterprise Network',
  'cli/engines.ts': 'each engine is given the accounts of its own regions',
  'cli/verbs/deploy-replace.ts': 'only ROS is asked before it replaces',
  'cli/rehearsed-stacks.ts': 'narrows a region to the account that stands in it',
  'cli/verbs/rehearse-embedded.ts': 'the embedded cloud is given an account of each cloud',
  'cli/verbs/rehearse-deploy.ts': 'Aliyun is handed the keys that AWS reads from the environment',
  'cli/words/rehearse-report.ts': 'another terminal needs the environment of each cloud',
  'deploy/host-reports/region-reports.ts': 'each cloud has an object store of its own, whose client is loaded when it is asked',
  'deploy/host-reports/unlike-hosts.ts': 'programs come with the image on AWS, as packages on Aliyun',
  'estate/model/account.ts': 'narrows a region to the account that stands in it',
  'estate/build/region.ts': 'an account of each cloud has keys of its own',
  'estate/changes/add-region.ts': 'only AWS has partitions',
  'estate/model/images.ts': 'narrows a region to the image that stands in it',
  'estate/model/preferences.ts': 'only Direct Connect is told by communities which line goes first',
  'estate/rules/fleets/instance-types-exist.ts': 'types of AWS stand in a table, those of Aliyun have a form',
  'estate/rules/fleets/volumes-have-serials.ts': 'only AWS gives hosts prefixes, which take the same types',
  'estate/rules/links/as-numbers-are-distinct.ts': 'only AWS has Direct Connect gateways, whose numbers must differ',
  'estate/rules/links/gateways-hold-their-links.ts': 'quotas of Direct Connect gateways',
  'estate/rules/links/lines-come-in-by-gateways.ts': 'only AWS has Direct Connect gateways',
  'estate/rules/links/lines-say-which-goes-first.ts': 'only AWS has Direct Connect gateways',
  'estate/rules/links/link-quotas-hold.ts': 'quotas of AWS',
  'estate/rules/links/links-stay-in-their-partition.ts': 'only AWS has partitions',
  'estate/rules/links/transit-routers-have-a-network.ts': 'only Aliyun has a Cloud Enterprise Network',
  'estate/rules/regions/arns-lie-in-their-partition.ts': 'only AWS has partitions',
  'estate/rules/regions/partition-matches-region.ts': 'only AWS has partitions',
  'estate/rules/regions/quotas-hold.ts': 'quotas of AWS',
  'estate/rules/regions/region-quotas-hold.ts': 'quotas of each cloud: AWS counts by region, Aliyun by account',
  'estate/rules/regions/whom-alarms-tell.ts': 'each cloud has its own kind of who is told',
  'estate/rules/regions/settings-suit-the-cloud.ts': 'what the schema has for one cloud only',
  'plan/idc/context.ts': "a data centre's hosts have the endpoints of AWS where there are any",
  'plan/links/links.ts': 'a role of the other account, and the account of an end',
  'plan/plan.ts': 'narrows a region to what only its cloud has',
  'reach/behind.ts': 'network ACLs of Aliyun ask for packets of hosts only',
  'reach/endpoint.ts': 'services of each cloud that are reached by their names',
  'reach/read/drafts.ts': "subnets of Aliyun go by the VPC's first table where none is said",
  'reach/read/interfaces.ts': 'what templates call a subnet',
  'reach/walk/vpc.ts': 'on Aliyun an address of its own goes past the route table',
  'rehearsal/ledger/reach/standing.ts': 'reach names owners of Aliyun by one name',
  'rehearsal/stage.ts': 'only AWS has partitions, and regions that are bootstrapped',
  'rehearsal/virtual-engine.ts': 'what each engine leaves of a creation that failed',
  'review/diff/meaning/effects.ts': 'what an update does stands in a table a cloud',
  'review/diff/meaning/security/metadata-service.ts': 'each cloud has its own words for it',
  'review/versions.ts': 'hosts of AWS name their user-data as they get it, those of Aliyun the text',
  'review/plan-words.ts': 'narrows a region to the account that is told',
};

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [relative(LIB, path)];
  });
}

const text = (file: string) => readFileSync(join(LIB, file), 'utf8');
const all = files(LIB).filter((file) => file.endsWith('.ts'));

test('outside of the rooms of clouds only files that are listed here ask which cloud it is', () => {
  const asking = all.filter((file) => !OWN.test(file) && BRANCH.test(text(file)));
  expect(asking.sort()).toEqual(Object.keys(REASONS).sort());
});

test.each(["region.provider === 'aws'", "link.cloud !== 'aliyun'", "regionsOf({ regions: few }, 'aws')"])('%s asks', (code) => {
  expect(BRANCH.test(code)).toBe(true);
});

test.each([
  ['facts', /^facts\//],
  ['clouds', /^(facts|clouds)\//],
])('%s are the ground: they import nothing from other rooms', (room, allowed) => {
  const own = all.filter((file) => file.startsWith(`${room}/`));
  const outside = own.flatMap((file) =>
    [...text(file).matchAll(/ from '([^']+)'/g)]
      .map(([, path]) => join(file, '..', path!))
      .filter((path) => !allowed.test(path))
      .map((path) => `${file}: ${path}`),
  );
  expect(own.length).toBeGreaterThan(3);
  expect(outside).toEqual([]);
});
