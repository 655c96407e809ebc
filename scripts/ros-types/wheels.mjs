/** The generated JavaScript inside a `ros-cdk-<service>` wheel of PyPI: a wheel is a zip that holds jsii's npm tarball. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

export const VERSION = '1.15.0';

/** Downloads once with pip into `cache`; later runs read what is there. */
export function generatedSource(service, cache) {
  const name = service.toLowerCase();
  mkdirSync(cache, { recursive: true });
  const wheel = join(cache, `ros_cdk_${name}-${VERSION}-py3-none-any.whl`);
  if (!existsSync(wheel)) {
    execFileSync('pip', ['download', '--quiet', '--no-deps', '--dest', cache, `ros-cdk-${name}==${VERSION}`], {
      stdio: 'inherit',
    });
  }
  const folder = join(cache, name);
  if (!existsSync(join(folder, 'package'))) {
    mkdirSync(folder, { recursive: true });
    const entries = unzipSync(readFileSync(wheel), { filter: ({ name: path }) => path.endsWith('.tgz') });
    const [tarball] = Object.values(entries);
    writeFileSync(join(folder, 'jsii.tgz'), tarball);
    execFileSync('tar', ['xzf', 'jsii.tgz'], { cwd: folder });
  }
  const lib = join(folder, 'package', 'lib');
  const file = readdirSync(lib).find((path) => path.endsWith('.generated.js'));
  return readFileSync(join(lib, file), 'utf8');
}
