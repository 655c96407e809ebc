// `node --require test/child/kill-at.cjs`: dies as by kill -9 right before the n-th call that changes the disk (KILL_AT).
const fs = require('node:fs');

let left = Number(process.env.KILL_AT);
for (const name of [
  'copyFileSync',
  'linkSync',
  'mkdirSync',
  'mkdtempSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'writeFileSync',
  'writeSync',
]) {
  const real = fs[name];
  fs[name] = (...args) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return real(...args);
  };
}
