/** Writes `schemas/`: `node dist/lib/estate/files/write-schemas.js` (`npm run schemas`). */
import { withFolderLock } from '../../disk/folder-lock';
import { writeFiles } from '../../disk/write-files';
import { jsonSchemas } from '../read/json-schema';
import { packageRoot } from './disk-source';

if (require.main === module) {
  void withFolderLock(packageRoot(), { verb: 'schemas' }, (lock) =>
    writeFiles(
      lock,
      Object.entries(jsonSchemas()).map(([path, text]) => ({ path, text })),
    ),
  );
}
