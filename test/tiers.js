// Which tests run when. `npm test` runs unit and integration, `npm run test:all` everything; `npx jest <path>` finds a test in any tier.
//
//   unit         no process, no server, no command line, no real part: everything that is in no list below
//   integration  processes of our own, the command line, the embedded cloud over HTTP, small checkers; a deploy of each cloud by its real client
//   real         real programs (etcd, Kafka, FRR, kernel namespaces, machines that boot, shells), and what takes long: runs of the command line
//                and the CDK CLI, kills, attacks on the embedded cloud
//
// An entry is a folder or a file below test/; the longest one that fits counts. tiers.test.ts holds that a unit test reaches none of the above.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const integration = [
  'aliyun/cdk/',
  'aliyun/cloud/',
  'aliyun/links/rehearsed.test.ts',
  'aliyun/ros-client/',
  'aliyun/ros/types.test.ts',
  'architecture.test.ts',
  'aws/cfn-lint.test.ts',
  'aws/deploy.test.ts',
  'aws/transit-attachment.test.ts',
  'cli/',
  'collection/advice.test.ts',
  'collection/faults/pairs.test.ts',
  'collection/watching/dashboard.test.ts',
  'collection/watching/targets.test.ts',
  'deploy/aliyun/',
  'deploy/host-reports/ssh-reports.test.ts',
  'deploy/host-reports/stores.test.ts',
  'disk/cdk-folder.test.ts',
  'disk/lock.test.ts',
  'e2e/deploy-both-clouds.test.ts',
  'e2e/loaded-modules.test.ts',
  'e2e/rehearsal-cdk-cli.test.ts',
  'embedded-cloud/',
  'encode/languages.test.ts',
  'encode/systemd.test.ts',
  'estate/literal-advice.test.ts',
  'estate/load.test.ts',
  'estate/ordinary-mistakes.test.ts',
  'estate/own-profiles.test.ts',
  'host-config/advice.test.ts',
  'host-config/bootstrap.test.ts',
  'host-config/cloud-init-writer.test.ts',
  'host-config/golden.test.ts',
  'host-config/kafka-mirror-profile.test.ts',
  'host-config/python-source.test.ts',
  'host-config/units-confined.test.ts',
  'host-config/user-groups.test.ts',
  'host-programs/agent/connection.test.ts',
  'host-programs/front-end/inputs/syslog.test.ts',
  'host-programs/front-end/spool/spool.test.ts',
  'host-programs/front-end/strange.test.ts',
  'idc/',
  'reach/aliyun-services.test.ts',
  'reach/aliyun.test.ts',
  'reach/cli.test.ts',
  'reach/example.test.ts',
  'reach/failures.test.ts',
  'reach/hybrid.test.ts',
  'reach/questions.test.ts',
  'rehearsal/oracle/',
  'review/diff/aliyun-emitted.test.ts',
  'review/diff/aliyun.test.ts',
  'review/diff/aws.test.ts',
  'review/diff/idc/cli.test.ts',
  'review/diff/meaning/emitted-effects.test.ts',
  'runbooks/host-commands.test.ts',
  'runbooks/incidents-links.test.ts',
  'runbooks/pages.test.ts',
  'scripts/',
];

const real = [
  // Estates that nobody wrote, deployed by the dozen; kills and odd values by the hundred.
  'aliyun/cdk/bundle.test.ts',
  'aliyun/cdk/cdk-cli.test.ts',
  'aliyun/cdk/deploy.test.ts',
  'cli/deploy.test.ts',
  'cli/docs-output.test.ts',
  'cli/door.test.ts',
  'cli/idc-out.test.ts',
  'cli/out-paths.test.ts',
  'cli/review-output.test.ts',
  'cli/two-at-once.test.ts',
  'collection/certificates.test.ts',
  'collection/faults/faults.test.ts',
  'collection/kafka-forming.test.ts',
  'collection/kafka-replaced.test.ts',
  'collection/mirror.test.ts',
  'collection/watching/alerts.test.ts',
  'collection/world.test.ts',
  'disk/killed.test.ts',
  'disk/read-file.test.ts',
  'e2e/',
  'embedded-cloud/confinement.test.ts',
  'embedded-cloud/custom-resources.test.ts',
  'embedded-cloud/killed-after-complete.test.ts',
  'embedded-cloud/ros/killed-anywhere.test.ts',
  'encode/shell.test.ts',
  'flow/generated-estates.test.ts',
  'flow/replace.test.ts',
  'host-config/here-documents.test.ts',
  'host-config/host/',
  'host-config/hostile-values.test.ts',
  'host-programs/agent/killed-agent.test.ts',
  'host-programs/agent/never-outside.test.ts',
  'host-programs/front-end/clock.test.ts',
  'host-programs/front-end/faults/',
  'host-programs/front-end/forward/forwarder.test.ts',
  'host-programs/front-end/inputs/http.test.ts',
  'host-programs/front-end/inputs/relp.test.ts',
  'host-programs/front-end/kill.test.ts',
  'idc/edge.test.ts',
  'idc/exporters.test.ts',
  'idc/fail-over.test.ts',
  'idc/frr.test.ts',
  'idc/hostile-values.test.ts',
  'idc/push.test.ts',
  'idc/routers.test.ts',
  'idc/vpn.test.ts',
  'mutants/',
  'proof/',
  'reach/aliyun-properties.test.ts',
  'review/diff/cli.test.ts',
  'review/diff/deployed.test.ts',
  'robustness/fuzz.test.ts',
  'runbooks/broker-disk.test.ts',
  'runbooks/incidents-aliyun.test.ts',
  'runbooks/incidents-aws.test.ts',
  'runbooks/incidents-etcd.test.ts',
  'runbooks/lock-lost.test.ts',
  'runbooks/zone-lost.test.ts',
  'scripts/no-credentials.test.ts',
  'secrets/doors.test.ts',
];

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.test.ts'))
  .sort();

/** The tier of a test, by its path below test/. */
function tierOf(file) {
  const longest = (entries) =>
    Math.max(0, ...entries.filter((e) => file === e || (e.endsWith('/') && file.startsWith(e))).map((e) => e.length));
  const [inIntegration, inReal] = [longest(integration), longest(real)];
  if (inIntegration === 0 && inReal === 0) return 'unit';
  return inReal > inIntegration ? 'real' : 'integration';
}

module.exports = {
  tiers: { integration, real },
  tierOf,
  /** The files of a tier, as jest's testMatch. */
  filesOf: (tier) => files.filter((file) => tierOf(file) === tier).map((file) => join(__dirname, file)),
};
