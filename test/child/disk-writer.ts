/** What a verb does to the disk: two files of an estate under its lock, then three folders beside each other, one of which goes. */
import { join } from 'node:path';
import { withFolderLock } from '../../lib/disk/folder-lock';
import { replaceFolders, writeTexts } from '../../lib/disk/owned-folder';
import { withTemporaryFolder } from '../../lib/disk/scratch';
import { writeFiles } from '../../lib/disk/write-files';

const [root, text, wait] = process.argv.slice(2) as [string, string, string | undefined];

async function main(): Promise<void> {
  const lock = { verb: 'disk writer', wait: 20_000 };
  await withFolderLock(root, lock, (held) =>
    writeFiles(held, [
      { path: 'regions/a.yaml', text },
      { path: 'regions/b.yaml', text },
    ]),
  );
  const write = writeTexts(new Map([['one/two', text]]));
  await replaceFolders(
    [
      { path: join(root, 'aliyun.out'), kind: 'aliyun.out', write },
      { path: join(root, 'idc.out'), kind: 'idc.out', ...(text === 'old' ? { write } : {}) },
    ],
    lock,
    'elsewhere',
  );
  await withTemporaryFolder('writer', async () => {
    if (wait === undefined) return;
    process.stdout.write('waiting\n');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });
}

void main();
