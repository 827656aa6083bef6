import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import { literalsIn } from './literals.ts';
import { nodesIn, treeOf } from './tree.ts';

/**
 * Bodies of articles that a page carries elsewhere than in the markup it shows: in its scripts,
 * `<textarea>` and the like, or an attribute. A script of the
 * page writes them into it; here nothing is evaluated. What is held is opened until it is markup with Chinese text.
 */
export function bodiesElsewhere(nodes: ChildNode[]): string[] {
  const bodies: string[] = [];
  const offer = (held: string) => {
    const body = opened(held);
    if (body !== null) bodies.push(body);
  };
  for (const node of nodes) {
    if (!isTag(node)) continue;
    for (const name in node.attribs) if (node.attribs[name]!.length > SHORTEST) offer(node.attribs[name]!);
    if (node.name === 'script') for (const held of heldBy(node)) offer(held);
    else if (RAW.has(node.name)) offer(textOf(node));
  }
  return bodies;
}

/** A body has a table or sections: less than this is a title or a link. */
const SHORTEST = 200;
/** Elements whose content is no markup to a parser. */
const RAW = new Set(['textarea', 'noscript', 'xmp', 'noframes', 'noembed', 'iframe']);
const textOf = (node: Element): string => node.children.map((child) => (isText(child) ? child.data : '')).join('');

/** A script that is no code holds a body itself; another holds it in string literals. */
function heldBy(script: Element): string[] {
  const text = textOf(script);
  return /^\s*(?:<|&lt;|%3C)/i.test(text) ? [text] : literalsIn(script).filter((l) => l.length > SHORTEST);
}

/** Coats that scripts take off, each as they do. */
const COATS: [shows: RegExp, takeOff: (text: string) => string][] = [
  [/%(?:3c|u003c)/i, percentDecoded],
  [
    /&(?:lt|#0*60|#x0*3c);/i,
    (text) =>
      nodesIn(treeOf(text))
        .map((node) => (isText(node) ? node.data : ''))
        .join(''),
  ],
  [
    /\\(?:u003c|x3c)/i,
    (text) => text.replace(/\\u([\da-f]{4})|\\x([\da-f]{2})/gi, (_, u, x) => String.fromCharCode(parseInt(u ?? x, 16))),
  ],
  [/^[\w+/\s-]{200,}(?:={1,2}\s*)?$/, (text) => Buffer.from(text, 'base64').toString('utf8')],
];
const MOST_COATS = 3;

/** Markup of an article, with its coats taken off; null where there is none. */
function opened(held: string): string | null {
  let text = held;
  for (let coats = 0; coats <= MOST_COATS; coats++) {
    if (isArticle(text)) return text;
    const coat = COATS.find(([shows]) => shows.test(text));
    if (!coat) return null;
    text = coat[1](text);
  }
  return null;
}

const isArticle = (text: string): boolean =>
  /<(?:p|div|table|span|td)\b/i.test(text) && /\p{Script=Han}{4}/u.test(text);

/** As `decodeURIComponent` and `unescape`; as it is where it is neither. A form writes `+` for a blank. */
function percentDecoded(text: string): string {
  const spaced = text.includes(' ') ? text : text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(
      spaced.replace(/%u([\da-f]{4})/gi, (_, code: string) =>
        encodeURIComponent(String.fromCharCode(parseInt(code, 16))),
      ),
    );
  } catch {
    return text;
  }
}
