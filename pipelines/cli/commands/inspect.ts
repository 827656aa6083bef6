import { inspect } from '../../inspect/inspect.ts';
import { leave, withExamples, type Define } from '../command.ts';

export const define: Define = (command) =>
  withExamples(command, [
    'inspect report.pdf                    (writes report.pdf.inspect.html here)',
    'inspect page.html -o how.html --force',
  ])
    .argument('<file>', 'one document: html, mht, pdf, docx, doc, rtf, xlsx, xls, txt, md, image')
    .option('-o, --out <file>', 'where the page is written (default: FILE.inspect.html in this folder)')
    .option('--force', 'replace the page that is there')
    .action(async (path: string, flags: { out?: string; force?: boolean }) => {
      const { out, isRead } = await inspect(path, flags);
      process.stdout.write(`${out}\n`);
      leave(isRead);
    });
