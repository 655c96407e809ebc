// Loaded with --require into a measured process: writes its CPU seconds and peak memory when it exits.
const { writeFileSync } = require('node:fs');
process.once('exit', () => {
  const usage = process.resourceUsage();
  writeFileSync(
    process.env.MEISSA_BENCH_USAGE,
    JSON.stringify({ cpu: (usage.userCPUTime + usage.systemCPUTime) / 1e6, peakMb: usage.maxRSS / 1024 }),
  );
});
