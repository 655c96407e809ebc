// Loaded with NODE_OPTIONS into a measured process and the Node processes that it starts: each writes its CPU seconds and peak memory when
// it exits.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
process.once('exit', () => {
  const usage = process.resourceUsage();
  writeFileSync(
    join(process.env.MEISSA_BENCH_USAGE, `usage-${process.pid}.json`),
    JSON.stringify({ cpu: (usage.userCPUTime + usage.systemCPUTime) / 1e6, peakMb: usage.maxRSS / 1024 }),
  );
});
