import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A folder of SQL files of this layer. The compiler copies no `.sql`, so compiled code reads the files of the source
 * tree: the nearest folder above that holds package.json. Throws when there is none.
 */
export function folderOf(name: 'views' | 'checks'): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) throw new Error('the folder of the project cannot be found');
    folder = dirname(folder);
  }
  return join(folder, 'warehouse', name);
}
