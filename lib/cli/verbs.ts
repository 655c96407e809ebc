/** Every verb of the command line, with its words. The CLI reference in docs/ is generated from this list. */
import type { Verb } from './verb';

export interface VerbDefinition {
  /** One word, or a group and a word. */
  readonly name: string;
  readonly description: string;
  readonly arguments?: readonly { readonly name: string; readonly description: string }[];
  readonly options?: readonly { readonly flags: string; readonly description: string }[];
  readonly examples: readonly string[];
  /** Loads the verb's code only when it runs. */
  readonly load: () => Promise<Verb>;
}

const REGIONS = { name: '[region...]', description: 'regions; none means all' };

const LINKS = {
  flags: '--links <link...>',
  description:
    'links too whose other region is not named, by path; all: every link of these regions; none (default: links whose regions are all named)',
};

const LINKS_AND_WAVES = [
  LINKS,
  { flags: '--concurrency <n>', description: 'stacks at once (default: 4)' },
  {
    flags: '--regions-at-once <n>',
    description: 'regions at once; the next begin when these are done (default: 1)',
  },
  {
    flags: '--failure-tolerance <n>',
    description: 'regions that may fail before nothing new is started (default: 0)',
  },
];

const ACCEPT = {
  flags: '--accept <loss...>',
  description: 'what the deploy may lose, by the name that the rehearsal gives it: QUORUM_LOST:sa-east-1/core-voters',
};

const TAKE_OVER = {
  flags: '--take-over <run>',
  description: 'take over from a run that is dead, as its refusal names it, before its lease has run out (3 minutes)',
};

export const VERBS: readonly VerbDefinition[] = [
  {
    name: 'validate',
    description: 'Checks the whole estate, user-data included, and prints every finding at once.',
    options: [
      { flags: '--today <date>', description: 'ISO date that image ages are measured to (default: today)' },
      { flags: '--all', description: 'list accepted warnings too, which are only counted otherwise' },
    ],
    examples: ['validate', 'validate --json | jq ".findings[].code"'],
    load: async () => (await import('./verbs/validate')).validate,
  },
  {
    name: 'plan',
    description:
      'Says what the estate comes to: hosts, addresses, routes, security rules, links, data centres, stacks and their order.',
    arguments: [REGIONS],
    options: [{ flags: '--hosts', description: 'list every host' }],
    examples: ['plan', 'plan sa-east-1 --hosts', 'plan sa-east-1 --json'],
    load: async () => (await import('./verbs/plan')).plan,
  },
  {
    name: 'synth',
    description:
      'Writes cdk.out/ (CloudFormation), aliyun.out/ (ROS) and, without regions, idc.out/ (data centres) beside each other. Asks no cloud.',
    arguments: [REGIONS],
    options: [
      { flags: '--out <folder>', description: 'where to write (default: cdk.out under the root)' },
      { flags: '--expand', description: 'emit members as CDK L1 constructs, for aspects and cdk-nag' },
      {
        flags: '--check',
        description: 'ask CloudFormation Validate of the templates, as deploy and rehearse do; what it refuses is not written',
      },
    ],
    examples: ['synth', 'synth sa-east-1 us-east-1', 'synth --check'],
    load: async () => (await import('./verbs/synth')).synth,
  },
  {
    name: 'diff',
    description:
      'Says what would change, worst first: data, hosts, routes, rules, data centres, user-data as text. Exit code 2: something would. Changes nothing.',
    arguments: [{ name: '[place...]', description: 'regions, and data centres with --base or --templates; none means all' }],
    options: [
      LINKS,
      {
        flags: '--templates <folder>',
        description: 'compare with cdk.out, aliyun.out and idc.out of this folder; asks no cloud',
      },
      { flags: '--base <revision>', description: 'compare with what the files of this git revision come to; asks no cloud' },
      { flags: '--markdown', description: 'for the comment of a pull request' },
      {
        flags: '--all',
        description: 'on a terminal, everything: without it what is long is cut, and how much more there is is said',
      },
      {
        flags: '--save <file>',
        description: 'write down what was compared, as digests, for deploy <file>; not with --templates or --base',
      },
      { ...ACCEPT, description: `with --save: ${ACCEPT.description}` },
    ],
    examples: [
      'diff sa-east-1',
      'diff --base origin/main --markdown',
      'diff sa-east-1 --templates ../before --json',
      'diff sa-east-1 --save plan.json',
      'diff bj-idc --base main',
    ],
    load: async () => (await import('./verbs/diff')).diff,
  },
  {
    name: 'reach',
    description:
      'Says whether packets arrive and replies come back, hop by hop, from the templates and router files that are emitted. Exit code 1: no.',
    arguments: [
      {
        name: '[from]',
        description:
          'host, <region>/<cluster>/<fleet>, <region>/<cluster>, place, address or range; with :container behind it, its containers; internet, nlb of <region>, s3 of <region>, metadata, resolver, time',
      },
      { name: '[to]', description: 'the same' },
    ],
    options: [
      { flags: '--port <port>', description: '2379/tcp, 53/udp or icmp (default: any traffic, and what the rules let in)' },
      { flags: '--size <bytes>', description: 'an IP packet of this size, which nobody may cut into pieces' },
      {
        flags: '--without <name...>',
        description:
          'with this down, each thing that is named: a link or an entry of links in estate.yaml, a zone, a place, a router, bgp:<router>, <idc>/core (between its routers), a host',
      },
      {
        flags: '--check',
        description: 'what is undefined, unused, goes round in a circle or into a hole, and BGP sessions that never come up',
      },
      { flags: '--matrix', description: 'everyone to everyone, by classes of hosts that nothing treats differently' },
      {
        flags: '--from-out <folder>',
        description: 'read cdk.out, aliyun.out and idc.out of this folder (default: synthesize anew and read that)',
      },
    ],
    examples: [
      'reach sa-east-1-core-storage-1 sa-east-1/core/voters --port 2379/tcp',
      'reach beijing us-east-1 --without line --size 1500',
      'reach internet "nlb of sa-east-1"',
      'reach sa-east-1/core/voters internet --without sa-east-1a',
      'reach beijing us-east-1 --without line beijing/core',
      'reach eu-west-1/core/worker:container us-east-1/core/worker:container',
      'reach --matrix --json',
    ],
    load: async () => (await import('./verbs/reach')).reach,
  },
  {
    name: 'size collection',
    description:
      'Says what a collection needs: hosts, partitions, disks, network, dollars, and how long it catches up after an outage, each with its formula, inputs and source. Asks no cloud.',
    options: [
      { flags: '--peak <rate>', description: 'raw lines in the busiest minute of a region, a second: 50MB/s' },
      { flags: '--average <rate>', description: 'raw lines over a day, a second (default: the peak)' },
      { flags: '--line <size>', description: 'a line, on average (default: 500B)' },
      { flags: '--retention <span>', description: 'how long brokers keep lines (default: 7d)' },
      { flags: '--replication <n>', description: 'copies of every line (default: 3)' },
      { flags: '--growth <factor>', description: 'that there is to be room for (default: 1.5)' },
      { flags: '--zones <n>', description: 'zones of a region (default: 3)' },
      { flags: '--keep <span>', description: 'how long front ends keep lines while Kafka is away (default: 7d)' },
      { flags: '--regions <n>', description: 'regions of this load, the central one among them (default: 1)' },
      { flags: '--outage <span>', description: 'outage whose end is told (default: 24h)' },
      {
        flags: '--region <name>',
        description:
          'take the numbers of this region’s file, and compare what it has; other options are tried out in their place',
      },
    ],
    examples: [
      'size collection --peak 50MB/s --average 20MB/s --line 500B --retention 7d --replication 3 --growth 1.5 --regions 9 --outage 24h',
      'size collection --region us-east-1',
      'size collection --region us-east-1 --peak 200MB/s --json',
    ],
    load: async () => (await import('./verbs/size-collection')).sizeCollection,
  },
  {
    name: 'targets',
    description:
      'Prints what Prometheus reads of etcd, of the collections and of agents, those of data centres where no region is named, as a file for its file_sd_configs: always JSON, with the labels that dashboards/alerts.yaml and dashboards/collection.json go by.',
    arguments: [REGIONS],
    examples: ['targets', 'targets us-east-1 > /etc/prometheus/targets/us-east-1.json'],
    load: async () => (await import('./verbs/targets')).targets,
  },
  {
    name: 'user-data',
    description: 'Prints what a fleet’s hosts get, with its size budget.',
    arguments: [{ name: '<target>', description: '<region>/<cluster>/<fleet>[/<number>]' }],
    options: [{ flags: '--budget', description: 'print the size budget by section instead of the text' }],
    examples: [
      'user-data sa-east-1/core/voters',
      'user-data sa-east-1/core/storage/2',
      'user-data sa-east-1/core/voters --budget',
    ],
    load: async () => (await import('./verbs/user-data')).userData,
  },
  {
    name: 'token',
    description: 'Asks the discovery service for a token of exactly the cluster’s size and keeps it in regions/tokens.lock.yaml.',
    arguments: [{ name: '<target>', description: '<region>/<cluster>' }],
    options: [
      { flags: '--formed', description: 'record that the cluster of this generation stands: its token is never used again' },
    ],
    examples: ['token sa-east-1/core', 'token sa-east-1/core --formed'],
    load: async () => (await import('./verbs/token')).token,
  },
  {
    name: 'pin',
    description:
      'Writes the lock entries of members that have none: image, root disk, key, zone. Those of a member that stands are never changed. Remembers where all members stand, their volumes, generations and topics; refused while one would be lost that nobody accepted.',
    arguments: [REGIONS],
    options: [
      { flags: '--dry-run', description: 'say what would be written; exit code 2 when something would' },
      {
        flags: '--forget <target>',
        description: 'drop the entries of <region>/<cluster>/<fleet>, a fleet that is no longer described',
      },
      {
        flags: '--from <live>',
        description: 'live: write the entries of a lock that was lost as the members of these regions stand',
      },
      {
        flags: '--avoid <zone...>',
        description:
          'place nobody new in these zones: what to write in the region’s file is said (zones that are lost need not be named)',
      },
      {
        flags: '--tell <target>',
        description:
          'from the next deploy on tell the hosts of <region>/<cluster> of the voters that are described: they restart in turn',
      },
    ],
    examples: [
      'pin',
      'pin sa-east-1',
      'pin --dry-run',
      'pin --forget sa-east-1/core/storage',
      'pin sa-east-1 --avoid sa-east-1a',
    ],
    load: async () => (await import('./verbs/pin')).pin,
  },
  {
    name: 'zone lost',
    description:
      'Writes down that a zone is lost, and says what stands there and what hangs by it. Nothing new is placed there from then on, and diff and deploy take its hosts for down. Touches no cloud.',
    arguments: [{ name: '<zone>', description: '<region>/<zone>' }],
    options: [{ flags: '--dry-run', description: 'say it and write nothing; exit code 2 when something would be written' }],
    examples: ['zone lost sa-east-1/sa-east-1a', 'zone lost cn-beijing/cn-beijing-h --dry-run'],
    load: async () => (await import('./verbs/zone')).zoneLost,
  },
  {
    name: 'zone back',
    description: 'Writes down that a zone is no longer lost. Touches no cloud.',
    arguments: [{ name: '<zone>', description: '<region>/<zone>' }],
    options: [{ flags: '--dry-run', description: 'write nothing; exit code 2 when something would be written' }],
    examples: ['zone back sa-east-1/sa-east-1a'],
    load: async () => (await import('./verbs/zone')).zoneIsBack,
  },
  {
    name: 'images update',
    description: 'Reads the official Flatcar feed into regions/images.lock.yaml, for new members and elastic fleets.',
    options: [
      { flags: '--feed <url-or-file>', description: 'feed to read (default: images.feed of the estate)' },
      { flags: '--release <version>', description: 'release of a feed that does not say it' },
      { flags: '--published <date>', description: 'ISO date of the release, where version.txt cannot be read beside the feed' },
    ],
    examples: ['images update', 'images update --feed feed.json --release 3510.2.5 --published 2023-07-14'],
    load: async () => (await import('./verbs/images')).imagesUpdate,
  },
  {
    name: 'images copy',
    description: 'Copies the locked image into the own account, so that it cannot disappear, and records the copy.',
    arguments: [REGIONS],
    examples: ['images copy sa-east-1'],
    load: async () => (await import('./verbs/images')).imagesCopy,
  },
  {
    name: 'artifacts list',
    description: 'Lists the public files that hosts fetch from their region’s own bucket.',
    examples: ['artifacts list', 'artifacts list --json'],
    load: async () => (await import('./verbs/artifacts')).artifactsList,
  },
  {
    name: 'artifacts add',
    description: 'Records an artifact’s digest in regions/artifacts.lock.yaml.',
    arguments: [
      { name: '<name>', description: 'name that profiles ask for' },
      { name: '<version>', description: 'its version' },
      { name: '<url-or-file>', description: 'where it comes from' },
    ],
    options: [{ flags: '--architecture <arch>', description: 'amd64 or arm64 (default: the estate’s)' }],
    examples: [
      'artifacts add etcd 3.5.21 https://github.com/etcd-io/etcd/releases/download/v3.5.21/etcd-v3.5.21-linux-amd64.tar.gz',
    ],
    load: async () => (await import('./verbs/artifacts')).artifactsAdd,
  },
  {
    name: 'artifacts push',
    description: 'Uploads the locked artifacts into a region’s bucket by digest; what is there already is left alone.',
    arguments: [
      { name: '<region>', description: 'region' },
      { name: '[name...]', description: 'artifacts; none means all. Names of further regions are regions' },
    ],
    options: [{ flags: '--from <folder>', description: 'folder that holds the files (default: download from their source)' }],
    examples: ['artifacts push sa-east-1', 'artifacts push sa-east-1 etcd', 'artifacts push sa-east-1 --from ./downloads'],
    load: async () => (await import('./verbs/artifacts')).artifactsPush,
  },
  {
    name: 'replace',
    description:
      'Replaces a member in two deploys: first its instance goes (interface and volumes stay), then a new one comes. With --disk one of its volumes is made anew as well.',
    arguments: [{ name: '[host]', description: '<region>-<cluster>-<fleet>-<number>, or with slashes' }],
    options: [
      {
        flags: '--disk <volume>',
        description:
          'as <host>/<volume>: with a new, empty volume in place of this one, which is kept; the same command does both steps',
      },
      { flags: '--accept <volume...>', description: 'as <host>/<volume>: what is on it may be the only copy' },
    ],
    examples: [
      'replace sa-east-1-core-voters-2',
      'replace sa-east-1/core/voters/2',
      'replace --disk sa-east-1-collection-brokers-2/kafka',
      'replace --disk sa-east-1/core/storage/2/data --accept sa-east-1/core/storage/2/data',
    ],
    load: async () => (await import('./verbs/replace')).replace,
  },
  {
    name: 'etcd replace',
    description:
      'Gives a voter that lost its data a new place in its running cluster; says what it would do, and does it with --yes.',
    arguments: [{ name: '<host>', description: 'voter whose data is gone' }],
    options: [
      {
        flags: '--endpoint <url...>',
        description: 'client URLs of voters that are well (default: the planned addresses of the others)',
      },
      { flags: '--yes', description: 'do it' },
    ],
    examples: [
      'etcd replace sa-east-1-core-voters-2',
      'etcd replace sa-east-1-core-voters-2 --endpoint http://127.0.0.1:2379 --yes',
    ],
    load: async () => (await import('./verbs/etcd-replace')).etcdReplace,
  },
  {
    name: 'region add',
    description: 'Writes the next region’s file with the next free block; nothing else changes.',
    arguments: [{ name: '<region>', description: 'name of the region and its file: the cloud’s own, for example eu-central-1' }],
    options: [
      { flags: '--like <region>', description: 'take clusters and fleets from this region' },
      { flags: '--account <id>', description: 'account of the region (default: the estate’s); needed in another partition' },
      {
        flags: '--provider <cloud>',
        description: 'aws or aliyun (default: AWS where it has a region of this name, else Aliyun)',
      },
      {
        flags: '--cloud-region <id>',
        description: 'the cloud’s own id of the region, where another place has that name already (default: the name)',
      },
    ],
    examples: [
      'region add eu-central-1',
      'region add eu-central-1 --like eu-west-1',
      'region add cn-shanghai',
      'region add aliyun-eu-central-1 --provider aliyun --cloud-region eu-central-1',
    ],
    load: async () => (await import('./verbs/region-add')).regionAdd,
  },
  {
    name: 'deploy',
    description:
      'Deploys regions in order, then the links among them. Shows what changes and asks; goes on from wherever an earlier deploy stopped.',
    arguments: [
      {
        name: '[region...]',
        description:
          'regions, in the order in which they are deployed; or one file of diff --save: exactly that is deployed without asking again, or refused when anything is other by now',
      },
    ],
    options: [
      ...LINKS_AND_WAVES,
      {
        flags: '--replace <resource...>',
        description: 'Aliyun: resources that may be deleted and made anew, as <stack path>/<logical id>; never members',
      },
      ACCEPT,
      TAKE_OVER,
      { flags: '--yes', description: 'do not show and ask first; needed without a terminal' },
    ],
    examples: [
      'deploy sa-east-1',
      'deploy sa-east-1 us-east-1 --yes',
      'deploy sa-east-1 us-east-1 eu-west-1 --regions-at-once 2 --failure-tolerance 1 --yes --json',
      'deploy --links sa-east-1--us-east-1',
      'deploy plan.json',
    ],
    load: async () => (await import('./verbs/deploy')).deploy,
  },
  {
    name: 'destroy',
    description: 'Takes regions down: links first, then stacks in reverse order. Says what is kept, and asks.',
    arguments: [{ name: '[region...]', description: 'regions' }],
    options: [
      ...LINKS_AND_WAVES,
      {
        flags: '--undescribed',
        description: 'instead: what stands in these regions (none: in all) and is no longer described; shows what goes with it',
      },
      { flags: '--including-data', description: 'also stacks that hold data; without it they refuse, and nothing is touched' },
      TAKE_OVER,
      { flags: '--yes', description: 'do not ask; needed without a terminal' },
    ],
    examples: [
      'destroy sa-east-1 --including-data',
      'destroy --links sa-east-1--us-east-1 --yes',
      'destroy --undescribed',
      'destroy --undescribed eu-west-1 --including-data',
    ],
    load: async () => (await import('./verbs/destroy')).destroy,
  },
  {
    name: 'status',
    description:
      'Says how every stack of regions and of their links stands, as its engine tells it, and its hosts: by the word of the cloud (state, checks), and by their own.',
    arguments: [{ name: '<place...>', description: 'regions, and data centres, whose routers and hosts are asked over ssh' }],
    examples: ['status sa-east-1', 'status sa-east-1 us-east-1 --json'],
    load: async () => (await import('./verbs/status')).status,
  },
  {
    name: 'push',
    description:
      'Brings the files of idc.out to routers and hosts of a data centre over ssh, one after the other: checked there, loaded, and taken back by the host itself unless it is reached again and its BGP sessions are up again. Shows what differs and asks.',
    arguments: [
      { name: '<idc>', description: 'data centre' },
      { name: '[host...]', description: 'routers and hosts; none means all, routers first' },
    ],
    options: [
      { flags: '--dry-run', description: 'say what differs on each; exit code 2 when something does' },
      { flags: '--within <seconds>', description: 'until a host takes it back by itself (default: 120)' },
      { flags: '--yes', description: 'do not ask; needed without a terminal' },
    ],
    examples: ['push bj-idc --dry-run', 'push bj-idc r2', 'push bj-idc r1 bj-idc-a01-1 --within 60 --yes'],
    load: async () => (await import('./verbs/push')).push,
  },
  {
    name: 'versions',
    description:
      'Says which program runs in which version on which hosts, and what waits for a restart: what is described beside what hosts report, each called so. Changes nothing.',
    arguments: [{ name: '[place...]', description: 'regions and data centres, whose hosts are asked over ssh; none means all' }],
    examples: ['versions', 'versions sa-east-1 bj-idc', 'versions --json | jq \'.programs[] | select(.program == "etcd")\''],
    load: async () => (await import('./verbs/versions')).versions,
  },
  {
    name: 'drift',
    description:
      'Says what is not as its stack left it: which host or route it is, what that means, and the command. Instances that do not run are told too. Exit code 2: there is drift.',
    arguments: [{ name: '<region...>', description: 'regions' }],
    examples: ['drift sa-east-1', 'drift sa-east-1 --json'],
    load: async () => (await import('./verbs/drift')).drift,
  },
  {
    name: 'repair',
    description:
      'Puts back what drifted, to what the standing stacks say: routes, rules, tags, a member that was terminated or stopped, a volume that was taken off. Shows it and asks; looks again afterwards. Exit code 1: something is left.',
    arguments: [{ name: '<region...>', description: 'regions' }],
    options: [
      { flags: '--dry-run', description: 'say what would be put back; exit code 2 when something would' },
      TAKE_OVER,
      { flags: '--yes', description: 'do not ask; needed without a terminal' },
    ],
    examples: ['repair sa-east-1 --dry-run', 'repair sa-east-1', 'repair cn-beijing --yes'],
    load: async () => (await import('./verbs/repair')).repair,
  },
  {
    name: 'rehearse',
    description:
      'Runs the deploy in virtual time and prints its timeline: what, in which order, what beside what, which hosts stop, how long. Exit code 2: it would change something, 1: it would fail. With --serve, --state or --fresh it deploys on an embedded cloud instead. No account, no credentials (except --from live).',
    arguments: [REGIONS],
    options: [
      {
        flags: '--from <place>',
        description: 'what stands: a git revision, a folder that synth wrote, or live (asks the clouds) (default: nothing)',
      },
      {
        flags: '--fail-at <resource>',
        description: 'let it fail once: <stack>/<logical id>, a logical id, or a resource type',
      },
      { flags: '--throttle <share>', description: 'let the clouds turn this share of requests away: 30%' },
      {
        flags: '--kill-at <step>',
        description: 'kill the deploy when so many things were asked of the clouds, and run it again',
      },
      { flags: '--lost-answer <n>', description: 'let the n-th thing be done, and its answer get lost' },
      {
        flags: '--serve',
        description: 'deploy on an embedded cloud, keep it up, and print what another terminal needs to reach it',
      },
      {
        flags: '--state <folder>',
        description: 'deploy on an embedded cloud that keeps its world here (default with --serve: .meissa/rehearsal)',
      },
      { flags: '--fresh', description: 'deploy on an embedded cloud that begins empty' },
    ],
    examples: [
      'rehearse sa-east-1',
      'rehearse sa-east-1 --from origin/main',
      'rehearse sa-east-1 --fail-at AWS::EC2::NatGateway --throttle 30%',
      'rehearse --from live --json',
      'rehearse sa-east-1 --serve',
    ],
    load: async () => (await import('./verbs/rehearse')).rehearse,
  },
];
