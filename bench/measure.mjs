// Runs a process several times and takes the least CPU and the median of its peak memory: other work on the machine only adds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** One run of `node args`: CPU seconds (user + system) of it and its Node processes, and the largest one's peak memory (MB). @param exits codes that are no failure */
export function once(args, { cwd = process.cwd(), env = {}, exits = [0] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-bench-'));
  try {
    const result = spawnSync(process.execPath, args, {
      cwd,
      env: {
        ...process.env,
        NO_COLOR: '1',
        CDK_VALIDATION: 'false',
        CDK_OUTDIR: join(folder, 'cdk.out'),
        NODE_OPTIONS: `--require ${join(here, 'usage.cjs')}`,
        MEISSA_BENCH_USAGE: folder,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
    if (!exits.includes(result.status))
      throw new Error(`node ${args.join(' ')} ended with ${result.status}\n${result.stderr}${result.stdout}`);
    const files = readdirSync(folder).filter((name) => name.startsWith('usage-'));
    const used = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return { cpu: used.reduce((sum, { cpu }) => sum + cpu, 0), peakMb: Math.max(...used.map(({ peakMb }) => peakMb)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pairs of runs, one of each in turn, so that a slow minute of the machine hits both. */
export function pairs(a, b, runs) {
  const left = [];
  const right = [];
  for (let i = 0; i < runs; i++) {
    left.push(once(...a));
    right.push(once(...b));
  }
  const ratios = left.map((l, i) => l.cpu / right[i].cpu).sort((x, y) => x - y);
  return {
    a: summary(left),
    b: summary(right),
    cpuRatio: median(ratios),
    spread: [ratios[0], ratios.at(-1)],
    memoryRatio: summary(left).peakMb / summary(right).peakMb,
  };
}

function summary(runs) {
  return { cpu: Math.min(...runs.map((r) => r.cpu)), peakMb: median(runs.map((r) => r.peakMb).sort((x, y) => x - y)) };
}

function median(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}
