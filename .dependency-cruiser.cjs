/**
 * The direction of imports between the rooms of lib (docs/architecture.md): what isn't said here is refused, imports of types alone
 * included. `test/architecture.test.ts` holds that these rules bite, and how long a circle may be.
 */

const EMITTER = ['encode', 'secrets', 'disk', 'facts', 'clouds', 'estate', 'plan', 'host-config', 'collection'];

/** What each room may import beside itself. */
const MAY_IMPORT = {
  encode: [],
  secrets: [],
  disk: [],
  facts: [],
  'host-programs': ['encode'],
  engine: ['facts'],
  'embedded-cloud': ['engine', 'facts', 'disk', 'encode'],
  clouds: ['facts'],
  estate: ['encode', 'secrets', 'facts', 'clouds', 'disk/unreadable.ts'],
  'estate/files': ['encode', 'secrets', 'facts', 'clouds', 'estate', 'disk'],
  plan: ['encode', 'secrets', 'facts', 'clouds', 'estate'],
  'host-config': ['encode', 'secrets', 'facts', 'clouds', 'estate', 'plan'],
  collection: ['encode', 'secrets', 'facts', 'clouds', 'estate', 'plan'],
  discovery: ['encode', 'secrets', 'facts', 'clouds', 'estate', 'plan'],
  reach: ['encode', 'secrets', 'disk', 'facts', 'clouds', 'estate'],
  aws: EMITTER,
  aliyun: EMITTER,
  idc: EMITTER,
  rehearsal: ['engine', 'embedded-cloud', 'facts', 'clouds', 'encode', 'disk', 'estate', 'plan', 'reach', 'aliyun', 'deploy'],
  deploy: [...EMITTER, 'discovery', 'aws', 'aliyun', 'idc', 'reach'],
  review: [...EMITTER, 'aws', 'aliyun', 'idc', 'reach', 'rehearsal/model.ts'],
  cli: ['[^/]+'],
};

/** These do no input or output, and know no SDK: what they say must be known before a cloud is touched. */
const PURE = '^lib/(encode|secrets|facts|clouds|estate|plan|host-config|collection|discovery)/';
const ESTATE_FILES = '^lib/estate/files/';
const INPUT_OR_OUTPUT = '^(fs|child_process|https?|net)(/|$)';
const SDK = '(^|/)(aws-cdk-lib|constructs|@aws-cdk|@aws-sdk|@alicloud)(/|$)';

/** Programs, public constructs, and what scripts start. */
const STARTS =
  '^(bin/|lib/index\\.ts|lib/aliyun/cdk/(index|handler/index)\\.ts|lib/host-programs/[^/]+/main\\.ts|lib/estate/files/write-schemas\\.ts)';

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([room, others]) => ({
      ...error(
        `from-${room}`,
        `lib/${room} may import ${others.join(', ') || 'no other room'}.`,
        { path: `^lib/${room}/`, ...(room === 'estate' && { pathNot: ESTATE_FILES }) },
        { path: '^(lib|bin)/', pathNot: `^lib/(${[room, ...others].join('|')})(/|$)` },
      ),
    })),
    error(
      'room-without-row',
      'Say here what a new room may import.',
      { path: `^lib/(?!(${Object.keys(MAY_IMPORT).join('|')})/)[^/]+/` },
      {},
    ),
    error('pure-no-io', 'Pure rooms do no input or output.', { path: PURE, pathNot: ESTATE_FILES }, { path: INPUT_OR_OUTPUT }),
    error(
      'reached',
      'What nothing starts from is dead weight.',
      { path: STARTS },
      { path: '^lib/', pathNot: STARTS, reachable: false },
    ),
    error('pure-no-sdk', 'Pure rooms know no CDK and no cloud SDK.', { path: PURE }, { path: SDK }),
  ],
  // swc shows imports as they are written, of types too; the types within `import('./x').Type` it doesn't, and nobody here writes so.
  options: { parser: 'swc', tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
};
