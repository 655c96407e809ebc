// `npm start`: the plan of one region and its deploy in virtual time. That it would change something (exit code 2) is no failure of npm's.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const meissa = fileURLToPath(new URL('../dist/bin/meissa.js', import.meta.url));
const { status } = spawnSync(process.execPath, [meissa, 'rehearse', 'sa-east-1', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status === 2 ? 0 : (status ?? 1);
