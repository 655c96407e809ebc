/** The example estates as `meissa synth` writes them, in memory, so that a test can change what was emitted. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { aliyunOut, assemblyFiles } from '../../lib/cli/aliyun-out';
import { synthEstate } from '../../lib/cli/estate-app';
import { idcFiles } from '../../lib/cli/idc-out';
import type { Estate } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { memorySource } from '../../lib/estate/read/source';
import { type Answer, answer } from '../../lib/reach/answer';
import { withoutNames } from '../../lib/reach/cut';
import { readWorld } from '../../lib/reach/read/read-world';
import type { World } from '../../lib/reach/world';
import { ROOT } from '../root';

export interface Template {
  // biome-ignore lint/suspicious/noExplicitAny: tests change properties of every type
  Resources: Record<string, { Type: string; Properties: Record<string, any> }>;
}

export interface Member {
  number: number;
  sourceDestCheck: boolean;
}

export class Emitted {
  constructor(private readonly files: Readonly<Record<string, string>>) {}

  /** With one template changed. @param stack its engine's name */
  changed(stack: string, change: (template: Template) => void): Emitted {
    const manifest = JSON.parse(this.files['cdk.out/manifest.json']!);
    const artifact = Object.values<{ properties?: { stackName?: string; templateFile?: string } }>(manifest.artifacts).find(
      (a) => a.properties?.stackName === stack,
    );
    const ros = JSON.parse(this.files['aliyun.out/manifest.json'] ?? '{"stacks":[]}').stacks as {
      name: string;
      template: string;
    }[];
    const path =
      artifact === undefined
        ? `aliyun.out/${ros.find((s) => s.name === stack)!.template}`
        : `cdk.out/${artifact.properties!.templateFile}`;
    const template = JSON.parse(this.files[path]!) as Template;
    change(template);
    return new Emitted({ ...this.files, [path]: JSON.stringify(template) });
  }

  /** With what the manifest of Aliyun says of a stack changed. */
  said(
    stack: string,
    change: (manifest: { parameters: Record<string, { output: string }>; members: Member[] }) => void,
  ): Emitted {
    const path = 'aliyun.out/manifest.json';
    const manifest = JSON.parse(this.files[path]!);
    change(manifest.stacks.find((s: { name: string }) => s.name === stack));
    return new Emitted({ ...this.files, [path]: JSON.stringify(manifest) });
  }

  /** Looks at every template and at the manifest of Aliyun. */
  everyFile(look: (text: string) => void): void {
    for (const [path, text] of Object.entries(this.files))
      if (path.endsWith('.template.json') || path === 'aliyun.out/manifest.json') look(text);
  }

  /** The region of each stack, as its engine is asked for it, by construct path. */
  environments(): [path: string, region: string][] {
    const { artifacts } = JSON.parse(this.files['cdk.out/manifest.json']!) as {
      artifacts: Record<string, { displayName?: string; environment?: string; type: string }>;
    };
    const ros = JSON.parse(this.files['aliyun.out/manifest.json'] ?? '{"stacks":[]}').stacks as {
      path: string;
      region: string;
    }[];
    return [
      ...Object.values(artifacts).flatMap(({ type, displayName, environment }): [string, string][] =>
        type === 'aws:cloudformation:stack' ? [[displayName!, environment!.split('/').at(-1)!]] : [],
      ),
      ...ros.map(({ path, region }): [string, string] => [path, region]),
    ];
  }

  /** Looks at every ROS template. @param look gets ROS's name of the stack */
  everyRosTemplate(look: (stack: string, template: Template) => void): void {
    const { stacks } = JSON.parse(this.files['aliyun.out/manifest.json']!) as { stacks: { name: string; template: string }[] };
    for (const { name, template } of stacks) look(name, JSON.parse(this.files[`aliyun.out/${template}`]!) as Template);
  }

  /** With every template changed. */
  everywhere(change: (template: Template) => void): Emitted {
    const files = { ...this.files };
    for (const path of Object.keys(files).filter((p) => p.endsWith('.template.json'))) {
      const template = JSON.parse(files[path]!) as Template;
      change(template);
      files[path] = JSON.stringify(template);
    }
    return new Emitted(files);
  }

  /** With one file of a data centre changed; throws when the text is not there. */
  rewritten(path: string, from: string | RegExp, to: string): Emitted {
    const text = this.files[`idc.out/${path}`]!;
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${path} does not hold ${from}`);
    return new Emitted({ ...this.files, [`idc.out/${path}`]: changed });
  }

  /** Writes it under a folder, as `meissa synth` does. */
  writeTo(folder: string): void {
    for (const [path, text] of Object.entries(this.files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  read(): World {
    return readWorld(memorySource(this.files));
  }

  ask(from: string, to: string, ...without: string[]): Answer {
    const world = this.read();
    return answer(world, from, to, { without: withoutNames(world, without) });
  }
}

const TODAY = '2026-11-21';

export function emit(root: string): Emitted {
  const { estate, findings } = loadEstate(join(ROOT, root), { today: TODAY });
  if (estate === undefined) throw new Error(JSON.stringify(findings));
  return emitEstate(estate);
}

export function emitEstate(estate: Estate): Emitted {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-reach-'));
  try {
    synthEstate(estate, { outdir: join(folder, 'cdk.out') });
    const files: Record<string, string> = {};
    for (const name of readdirSync(join(folder, 'cdk.out'))) {
      if (name === 'manifest.json' || name.endsWith('.template.json'))
        files[`cdk.out/${name}`] = readFileSync(join(folder, 'cdk.out', name), 'utf8');
    }
    const aliyun = aliyunOut(estate);
    for (const [path, text] of aliyun === undefined ? [] : assemblyFiles(aliyun.assembly)) files[`aliyun.out/${path}`] = text;
    for (const [path, text] of idcFiles(estate)) files[`idc.out/${path}`] = text;
    return new Emitted(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
