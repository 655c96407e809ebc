/** Writes `schemas/`: `node dist/lib/estate/files/write-schemas.js` (`npm run schemas`). */
import { jsonSchemas } from '../json-schema';
import { packageRoot } from './disk-source';
import { writeFilesAtomic } from './write-file';

if (require.main === module) {
  writeFilesAtomic(
    packageRoot(),
    Object.entries(jsonSchemas()).map(([path, text]) => ({ path, text })),
  );
}
