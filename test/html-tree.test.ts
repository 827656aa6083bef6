import { load } from 'cheerio';
import { isTag, isText, type AnyNode } from 'domhandler';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decode } from '../transforms/characters/decode.ts';
import { treeOf } from '../transforms/formats/html/tree.ts';

/** Elements, attributes and text, in order. */
function outline(node: AnyNode): unknown {
  if (isText(node)) return node.data;
  const children = 'children' in node ? node.children.map(outline) : [];
  return isTag(node) ? [node.name, { ...node.attribs }, node.namespace, ...children] : [node.type, ...children];
}

const whole = (page: string) => outline(load(page).root()[0]!);

test('the tree of every page of our own is the one that the library builds', () => {
  const pages = readdirSync('test/pages').filter((name) => name.startsWith('html-'));
  expect(pages.length).toBeGreaterThan(50);
  for (const name of pages) {
    const page = decode(readFileSync(`test/pages/${name}/source.html`)).text;
    if (name !== 'html-nested-too-deep') expect(outline(treeOf(page)), name).toEqual(whole(page));
  }
});

test.each([
  ['attributes of a second body', '<body class=a><p>1</p><body class=b id=c>'],
  ['foster parents', '<table>1<tr>2<td>3</td>4<b>5</table>6'],
  ['misnested', '<b>1<p>2</b>3</p>4<a>5<div>6<a>7</div>'],
  ['foreign', '<svg viewBox="0 0 1 1" xlink:href=a><title>1</title></svg><math><mi>2</math>'],
  ['templates', '<table><template><tr><td>1</template><tr><td>2</table>'],
  ['prototype', '<p __proto__=a constructor=b toString=c>1</p>'],
])('%s: the same', (_name, page) => expect(outline(treeOf(page))).toEqual(whole(page)));

const deep = (tag: string, times: number) => `<${tag}>`.repeat(times);

test.each(['div', 'b', 'template', 'svg'])('%s nested without limit is refused', (tag) => {
  expect(() => treeOf(deep(tag, 4000))).not.toThrow();
  expect(() => treeOf(deep(tag, 4200))).toThrow('nested');
});
