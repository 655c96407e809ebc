#!/usr/bin/env node
// journalctl as its manual describes it (journalctl(1): --output=json, --after-cursor, --follow, --no-tail), over a file of entries, one JSON
// a line. Its arguments are noted beside it.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const journal = process.env.FAKE_JOURNAL;
appendFileSync(`${journal}.arguments`, `${JSON.stringify(process.argv.slice(2))}\n`);
const option = (name) => process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
const units = process.argv.filter((each) => each.startsWith('--unit=')).map((each) => each.slice(7));
let after = option('after-cursor');
let read = 0;
const look = () => {
  const lines = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').slice(0, -1) : [];
  for (const line of lines.slice(read)) {
    read++;
    const entry = JSON.parse(line);
    if (after !== undefined) {
      if (entry.__CURSOR === after) after = undefined;
    } else if (entry.crash !== undefined && !existsSync(`${journal}.crashed`)) {
      appendFileSync(`${journal}.crashed`, '');
      process.stdout.write(line.slice(0, 20), () => process.exit(1));
      return;
    } else if (units.length === 0 || units.includes(entry._SYSTEMD_UNIT)) process.stdout.write(`${line}\n`);
  }
};
// Not watchFile: what comes between the first look and its first one, it takes for what was there.
look();
setInterval(look, 20);
// The real one goes with its unit's control group.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(), 50);
