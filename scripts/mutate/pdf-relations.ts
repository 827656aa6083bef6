import {
  degrees,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
  StandardFonts,
  type PDFPage,
} from 'pdf-lib';
import { inflateSync } from 'node:zlib';
import type { Relation } from './relation.ts';

const onDocument = (
  name: string,
  change: (document: PDFDocument) => void | Promise<void>,
  useObjectStreams = true,
): Relation<Uint8Array> => ({
  name,
  change: async (bytes) => {
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    await change(document);
    return document.save({ useObjectStreams });
  },
});
const onPages = (name: string, change: (page: PDFPage) => void) =>
  onDocument(name, (document) => {
    for (const page of document.getPages()) change(page);
  });

/** Operators before and after what a page draws. */
function wrap(page: PDFPage, before: string, after: string): void {
  const { context } = page.doc;
  const own = page.node.get(PDFName.of('Contents'));
  const streams = own instanceof PDFArray ? own.asArray() : own instanceof PDFRef ? contentsOf(page, own) : [];
  const stream = (operators: string) => context.register(context.stream(`${operators}\n`));
  page.node.set(PDFName.of('Contents'), context.obj([stream(before), ...streams, stream(after)]));
}
function contentsOf({ doc }: PDFPage, reference: PDFRef) {
  const found = doc.context.lookup(reference);
  return found instanceof PDFArray ? found.asArray() : [reference];
}
const wrapped = (name: string, before: string, after: string) => onPages(name, (page) => wrap(page, before, after));

/** What a page draws and its edges moved together; fields lie on a page and would stay where they are. */
const movingPages = (name: string, change: (page: PDFPage) => void) =>
  onPages(name, (page) => {
    if (!page.doc.catalog.has(PDFName.of('AcroForm'))) change(page);
  });

const transformed = (name: string, scale: number, dx: number, dy: number) =>
  movingPages(name, (page) => {
    const { x, y, width, height } = page.getMediaBox();
    wrap(page, `q ${scale} 0 0 ${scale} ${dx} ${dy} cm`, 'Q');
    page.setMediaBox(x * scale + dx, y * scale + dy, width * scale, height * scale);
    page.setCropBox(x * scale + dx, y * scale + dy, width * scale, height * scale);
  });

/** All streams as plain text; of pictures that would be hundreds of megabytes, which no report has. */
function unpacked(document: PDFDocument): void {
  for (const [reference, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream)) continue;
    const filter = object.dict.get(PDFName.of('Filter'));
    if (filter?.toString() !== '/FlateDecode' || object.dict.has(PDFName.of('DecodeParms'))) continue;
    if (object.dict.get(PDFName.of('Subtype')) === PDFName.of('Image')) continue;
    const plain = PDFRawStream.of(object.dict, inflateSync(object.contents));
    plain.dict.delete(PDFName.of('Filter'));
    plain.dict.set(PDFName.of('Length'), PDFNumber.of(plain.contents.length));
    document.context.assign(reference, plain);
  }
}

/** A page turned by the viewer, and what it draws turned back. */
function turnedBack(page: PDFPage): void {
  const { x, y, width, height } = page.getMediaBox();
  wrap(page, `q 0 1 -1 0 ${x + y + height} ${y - x} cm`, 'Q');
  page.setMediaBox(x, y, height, width);
  page.setCropBox(x, y, height, width);
  page.setRotation(degrees((page.getRotation().angle + 90) % 360));
}

const withFont = (name: string, draw: (page: PDFPage) => void) =>
  onDocument(name, async (document) => {
    const font = await document.embedFont(StandardFonts.Helvetica);
    for (const page of document.getPages()) {
      page.setFont(font);
      draw(page);
    }
  });

const inBytes = (name: string, change: (bytes: Buffer) => Uint8Array): Relation<Uint8Array> => ({
  name,
  change: (bytes) => change(Buffer.from(bytes)),
});

export const pdfRelations: Relation<Uint8Array>[] = [
  onDocument('saved again', () => {}),
  onDocument('saved without streams of objects', () => {}, false),
  onDocument('content as plain text', unpacked, false),
  onDocument('copied page by page', async (document) => {
    const pages = document.getPages().length;
    const copies = await document.copyPages(
      document,
      Array.from({ length: pages }, (_, i) => i),
    );
    for (const copy of copies) document.addPage(copy);
    for (let i = 0; i < pages; i++) document.removePage(0);
  }),
  onDocument('a title and an author', (document) => {
    document.setTitle('Microsoft Word - 2009.doc');
    document.setAuthor('某县民政局');
  }),
  onDocument('a blank page before', (document) => void document.insertPage(0)),
  onDocument('a blank page behind', (document) => void document.addPage()),
  onDocument('an outline', (document) => {
    const { context, catalog } = document;
    const outlines = context.nextRef();
    const item = context.register(
      context.obj({ Title: PDFString.of('2009'), Parent: outlines, Dest: [document.getPage(0).ref, 'Fit'] }),
    );
    context.assign(outlines, context.obj({ Type: 'Outlines', First: item, Last: item, Count: 1 }));
    catalog.set(PDFName.of('Outlines'), outlines);
  }),
  onDocument('labels of pages', ({ context, catalog }) =>
    catalog.set(PDFName.of('PageLabels'), context.obj({ Nums: [0, { S: 'D', St: 17 }] })),
  ),
  wrapped('graphics states nested', 'q q q', 'Q Q Q'),
  wrapped('marked content', '/Artifact BMC /Span <</MCID 700>> BDC', 'EMC EMC'),
  wrapped('comments in the content', '% 7 Tj\n', '% 8'),
  wrapped('an empty clip afterwards', '', 'q 0 0 0 0 re W n Q'),
  transformed('moved on the page', 1, 31, -17),
  transformed('half as large', 0.5, 0, 0),
  transformed('three times as large', 3, 0, 0),
  movingPages('turned and turned back', turnedBack),
  onPages('edges said again', (page) => {
    const { x, y, width, height } = page.getMediaBox();
    page.setCropBox(x, y, width, height);
    page.setTrimBox(x, y, width, height);
    page.setBleedBox(x, y, width, height);
  }),
  onPages('more paper around', (page) => {
    const { x, y, width, height } = page.getMediaBox();
    page.setMediaBox(x - 60, y - 40, width + 120, height + 80);
    page.setCropBox(x - 60, y - 40, width + 120, height + 80);
  }),
  onPages('a larger unit', (page) => page.node.set(PDFName.of('UserUnit'), PDFNumber.of(2))),
  onPages('links', (page) => {
    const { context } = page.doc;
    const link = context.register(
      context.obj({
        Type: 'Annot',
        Subtype: 'Link',
        Rect: [60, 60, 500, 700],
        Border: [0, 0, 0],
        A: { S: 'URI', URI: PDFString.of('https://example.invalid/7') },
      }),
    );
    page.node.addAnnot(link);
  }),
  onPages('resources of the parent', (page) => {
    const own = page.node.Resources();
    if (own) page.node.set(PDFName.of('Resources'), page.doc.context.register(own));
  }),
  onDocument('pages in a deeper tree', ({ context, catalog }) => {
    const root = catalog.lookup(PDFName.of('Pages'), PDFDict);
    const kids = root.lookup(PDFName.of('Kids'), PDFArray);
    const inner = context.nextRef();
    const count = root.get(PDFName.of('Count'))!;
    for (const kid of kids.asArray()) context.lookup(kid, PDFDict).set(PDFName.of('Parent'), inner);
    const node = context.obj({
      Type: 'Pages',
      Parent: catalog.get(PDFName.of('Pages'))!,
      Kids: kids.asArray(),
      Count: count,
    });
    context.assign(inner, node);
    root.set(PDFName.of('Kids'), context.obj([inner]));
  }),
  withFont('text off the page', (page) => {
    const { x, y } = page.getMediaBox();
    page.drawText('987 654', { x: x - 300, y: y - 300, size: 10 });
  }),
  withFont('text that is not drawn', (page) => {
    const { x, y, width, height } = page.getCropBox();
    wrap(page, '', 'BT 3 Tr ET');
    page.drawText('12', { x: x + width / 2, y: y + height / 2, size: 10, opacity: 0 });
  }),
  withFont('a page number below', (page) => {
    const { x, y, width } = page.getCropBox();
    if (page.getRotation().angle === 0) page.drawText('- 4 -', { x: x + width / 2, y: y + 20, size: 9 });
  }),
  inBytes('bytes behind the end', (bytes) => Buffer.concat([bytes, Buffer.from('\r\n\0\0 7 8 9\n')])),
  inBytes('bytes before the head', (bytes) => Buffer.concat([Buffer.from('\r\nX-Cache: 1\r\n\r\n'), bytes])),
  inBytes('its table of objects lost', (bytes) =>
    Buffer.from(bytes.toString('latin1').replace(/startxref\s+\d+/, 'startxref\n12'), 'latin1'),
  ),
];
