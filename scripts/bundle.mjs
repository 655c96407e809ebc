// Bundles the programs after tsc: a hundred small files cost a start more than the work itself. CDK, the cloud SDKs and the service
// specification stay outside: they are loaded by the verbs that need them, and only then. The embedded cloud is a file of its own for the
// same reason; it shares nothing with the other rooms.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ownProfilesModule, precompiledModule } from './precompiled.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
await build({
  absWorkingDir: root,
  entryPoints: {
    app: 'bin/app.ts',
    meissa: 'bin/meissa.ts',
    program: 'bin/program.ts',
    'embedded-cloud': 'lib/embedded-cloud/index.ts',
  },
  outdir: 'dist/bin',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Code that V8 kept (lib/cli/compiled.ts) has no way to import on Node 20, and none of these is an ES module only.
  supported: { 'dynamic-import': false },
  minifyWhitespace: true,
  minifySyntax: true,
  keepNames: false,
  sourcemap: true,
  external: ['aws-cdk-lib', 'aws-cdk', 'constructs', '@aws-sdk/*', '@aws-cdk/*', '@cdklabs/*', '@alicloud/*', 'ali-oss'],
  // The ES modules of these are smaller once bundled: what isn't used falls away.
  mainFields: ['module', 'main'],
  plugins: [
    {
      name: 'embedded-cloud',
      setup: (bundle) =>
        bundle.onResolve({ filter: /^(\.\.\/)+embedded-cloud$/ }, () => ({ path: './embedded-cloud.js', external: true })),
    },
    {
      name: 'precompiled',
      setup: (bundle) => {
        bundle.onLoad({ filter: /host-config\/precompiled\.ts$/ }, () => ({ contents: precompiledModule(), loader: 'js' }));
        bundle.onLoad({ filter: /build\/own-profiles\.ts$/ }, () => ({ contents: ownProfilesModule(), loader: 'js' }));
      },
    },
    {
      // It starts subcommands that are programs of their own: there are none, and loading what starts processes costs every verb.
      name: 'no-child-processes-of-commander',
      setup: (bundle) =>
        bundle.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
          /[\\/]node_modules[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'empty' } : undefined,
        ),
    },
    {
      // One letter of another alphabet makes V8 keep four million letters in two bytes each; esbuild leaves those of patterns as they are.
      name: 'ascii',
      setup: (bundle) =>
        bundle.onLoad({ filter: /\.ts$/ }, ({ path }) => {
          const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
          return { contents: readFileSync(path, 'utf8').replace(/[^\0-\x7f]/g, escaped), loader: 'ts' };
        }),
    },
    {
      // Handlebars compiles without it where it is missing, in half the time; nobody asks for its maps.
      name: 'no-source-map',
      setup: (bundle) => {
        bundle.onResolve({ filter: /^source-map$/ }, ({ path }) => ({ path, namespace: 'empty' }));
        bundle.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
      },
    },
  ],
  logLevel: 'warning',
});

// The function behind RosStack, one file with all that it needs but the SDK, which Lambda's Node.js has. Its folder is the asset, so nothing
// else lies in it. Names are kept: errors are told by them.
await build({
  absWorkingDir: root,
  entryPoints: { index: 'lib/aliyun/cdk/handler/index.ts' },
  outdir: 'dist/ros-stack-handler',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: true,
  // What ali-oss's HTTP client would ask for a proxy by; Lambda has none.
  external: ['@aws-sdk/*', 'proxy-agent'],
  logLevel: 'warning',
});

// What hosts run: each folder of lib/host-programs with a main.ts becomes one file with all that it needs. The Kafka client reads its
// WebAssembly from a file beside it; the same package has it as text, too.
const programs = readdirSync(join(root, 'lib/host-programs')).filter((name) =>
  existsSync(join(root, 'lib/host-programs', name, 'main.ts')),
);
await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(programs.map((name) => [name, `lib/host-programs/${name}/main.ts`])),
  outdir: 'dist/host-programs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  mainFields: ['module', 'main'],
  alias: { '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
});
