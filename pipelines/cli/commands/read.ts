import { openArchive } from '../../archive/folder.ts';
import { linksOf } from '../../archive/archive.ts';
import { readArchive } from '../../read.ts';
import { readFiles } from '../../reading/read-files.ts';
import { isSelective, selected } from '../../selection.ts';
import { leave, show, withData, withPortals, write, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { requireArchive } from '../require-archive.ts';
import { alone } from '../stage.ts';
import { printable } from '../printable.ts';

export const define: Define = (command) =>
  withPortals(
    withData(command, [
      'read                       (what the archive holds and was not read yet)',
      'read report.pdf',
      'read folder --json         (one JSON object a document and line)',
    ]),
  )
    .argument(
      '[path...]',
      'files, or folders walked in name order: html, mht, pdf, docx, doc, rtf, xlsx, xls, txt, md, images',
    )
    .action(async (paths: string[], flags: Flags) => {
      if (paths.length > 0) return leave((await readPaths(paths, flags)) === 0);
      await requireArchive(flags);
      const portals = await portalsOf(flags);
      const summary = await alone(flags, 'read', (effects) => readArchive({ portals }, effects));
      show(flags, summary, render.read(summary));
    });

/** All of the archive where none is named: also what was left of portals that the register has no longer. */
async function portalsOf(flags: Flags): Promise<string[] | undefined> {
  if (!isSelective(flags)) return undefined;
  const listed = await linksOf(openArchive(flags.data));
  return selected(
    listed.map(({ portal }) => portal),
    flags,
    flags.data,
  ).map(({ id }) => id);
}

async function readPaths(paths: string[], flags: Flags): Promise<number> {
  const note = (line: string): void => void (flags.quiet || process.stderr.write(`${line}\n`));
  const { unreadable } = await readFiles({
    paths,
    json: flags.json === true,
    print: (text) => write(flags.json === true ? text : printable(text)),
    note,
  });
  return unreadable;
}
