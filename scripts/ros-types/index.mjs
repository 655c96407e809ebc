/**
 * Writes `schemas/ros-resources.json`: `npm run ros-types`.
 *
 * Two sources of facts, both under the Apache License 2.0: the wheels `ros-cdk-<service>` of PyPI (Alibaba Cloud), downloaded with pip
 * into `.meissa/ros-types`, and a dump of ROS's ListResourceTypes and GetResourceType (aliyun/infraguard), given as a file: the first
 * argument, or `shared/data/ros-resource-types.json` in a folder above. Names, kinds and bounds are taken; no text of theirs is.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EMITTED } from './list.mjs';
import { mergeType } from './merge.mjs';
import { readTypes } from './read.mjs';
import { generatedSource, VERSION } from './wheels.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const dump = JSON.parse(readFileSync(process.argv[2] ?? dumpAbove(root), 'utf8'));

const resourceTypes = {};
for (const [service, names] of Object.entries(EMITTED)) {
  const generated = readTypes(generatedSource(service, join(root, '.meissa', 'ros-types')));
  for (const name of names) {
    const type = `ALIYUN::${service}::${name}`;
    if (generated[type] === undefined) throw new Error(`${type} is not in ros-cdk-${service.toLowerCase()} ${VERSION}`);
    resourceTypes[type] = mergeType(type, generated[type], dump.resourceTypes[type], (line) => console.log(line));
  }
}

const source = `ros-cdk ${VERSION} and a dump of ROS's resource types of ${dump.version}, both Apache-2.0; written by scripts/ros-types/index.mjs`;
// A type a line: a new version of the sources shows in a diff by type, and the file stays small.
const lines = Object.entries(resourceTypes).map(([type, facts]) => `    ${JSON.stringify(type)}: ${JSON.stringify(facts)}`);
// ROS has them, the embedded cloud hasn't: told apart from a name that doesn't exist.
const others = Object.keys(dump.resourceTypes)
  .filter((type) => resourceTypes[type] === undefined)
  .sort();
writeFileSync(
  join(root, 'schemas', 'ros-resources.json'),
  `{\n  "version": ${JSON.stringify(VERSION)},\n  "source": ${JSON.stringify(source)},\n  "resourceTypes": {\n${lines.join(',\n')}\n  },\n  "others": ${JSON.stringify(others)}\n}\n`,
);

function dumpAbove(start) {
  for (let at = start; ; at = dirname(at)) {
    const path = join(at, 'shared', 'data', 'ros-resource-types.json');
    if (existsSync(path)) return path;
    if (dirname(at) === at) throw new Error('no shared/data/ros-resource-types.json above: give the file as the first argument');
  }
}
