/** `npm run docs`: writes the generated pages. */
import { generatedDocs } from '../lib/cli/verbs/docs';
import { withFolderLock } from '../lib/disk/folder-lock';
import { writeFiles } from '../lib/disk/write-files';
import { packageRoot } from '../lib/estate/files/disk-source';

void withFolderLock(packageRoot(), { verb: 'docs' }, (lock) =>
  writeFiles(
    lock,
    Object.entries(generatedDocs()).map(([path, text]) => ({ path, text })),
  ),
);
