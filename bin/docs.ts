/** `npm run docs`: writes the generated pages. */
import { generatedDocs } from '../lib/cli/docs';
import { packageRoot } from '../lib/estate/files/disk-source';
import { writeFilesAtomic } from '../lib/estate/files/write-file';

writeFilesAtomic(
  packageRoot(),
  Object.entries(generatedDocs()).map(([path, text]) => ({ path, text })),
);
