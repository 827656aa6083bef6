import { createHash } from 'node:crypto';
import { decode, type Decoded } from '../../transforms/characters/decode.ts';
import { sniff } from '../../transforms/formats/sniff.ts';
import type { Trace } from '../../transforms/interpret.ts';
import { traceDocument } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { encode } from '../compose/encode.ts';
import { composeFigures } from '../compose/figures.ts';
import { htmlPage } from '../compose/html.ts';
import { cleanStyle } from '../compose/styles.ts';

/** The invented page that `docs/reading.md` follows, with the steps of reading it. */
export interface Example {
  bytes: Uint8Array;
  mediaType: string;
  decoded: Decoded;
  reading: Reading;
  traced: Omit<Trace, 'said'>;
}

const figures = composeFigures({
  seed: 1,
  publisher: '示例市甲区人民政府',
  division_code: '990101',
  year: 2022,
  edition: '2021',
  size: 'large',
});

/** What is wrong with the page: a label misspelt, a row that lost its blank cells, a number that breaks its sums. */
const damages: [from: string, to: string][] = [
  ['<td>7.属于行政执法案卷</td>', '<td>7.属于行执法案卷</td>'],
  [
    '<td>8.属于行政查询事项</td><td>43</td><td>6</td><td>0</td><td>1</td><td>2</td><td>0</td><td>52</td>',
    '<td>8.属于行政查询事项</td><td>43</td><td>6</td><td>1</td><td>2</td><td>52</td>',
  ],
  ['<td>1219</td><td>185</td>', '<td>1219</td><td>187</td>'],
];

export async function example(): Promise<Example> {
  let page = htmlPage(figures, { ...cleanStyle, charset: 'utf-8' });
  for (const [from, to] of damages) {
    if (!page.includes(from)) throw new Error(`the example has no ${from}`);
    page = page.replace(from, to);
  }
  const bytes = encode(page, 'gb18030');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { reading, traced } = await traceDocument({ bytes, path: 'example.html', sha256 });
  if (!traced) throw new Error('the example was not read');
  return { bytes, mediaType: sniff(bytes), decoded: decode(bytes, null), reading, traced };
}
