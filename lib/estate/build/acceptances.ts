/** Every warning that is accepted, wherever that is written. */
import type { AcceptedWarning } from '../model/model';
import type { YamlFile } from '../read/yaml-file';

interface Accepting {
  readonly file: YamlFile;
  readonly value: { readonly accept: readonly { code: string; path?: string; file?: string; reason: string }[] };
}

/** In order of the files. Those by name are of rules about what stands, which read them themselves. */
export function acceptedWarnings(files: readonly Accepting[]): AcceptedWarning[] {
  return files.flatMap(({ file, value }) =>
    value.accept.flatMap(({ code, path, file: of = file.file, reason }, i): AcceptedWarning[] => {
      const at = ['accept', i];
      return path === undefined ? [] : [{ code, file: of, path, reason, at: { path: at, where: file.locate(at) } }];
    }),
  );
}
