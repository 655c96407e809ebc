// Runs a process several times and takes the least CPU and the median of its peak memory: other work on the machine only adds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** One run of `node args`: CPU seconds (user + system) and peak memory (MB). */
export function once(args, { cwd = process.cwd(), env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-bench-'));
  const usage = join(folder, 'usage.json');
  try {
    const result = spawnSync(process.execPath, ['--require', join(here, 'usage.cjs'), ...args], {
      cwd,
      env: {
        ...process.env,
        NO_COLOR: '1',
        CDK_VALIDATION: 'false',
        CDK_OUTDIR: join(folder, 'cdk.out'),
        MEISSA_BENCH_USAGE: usage,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
    if (result.status !== 0)
      throw new Error(`node ${args.join(' ')} ended with ${result.status}\n${result.stderr}${result.stdout}`);
    return JSON.parse(readFileSync(usage, 'utf8'));
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
