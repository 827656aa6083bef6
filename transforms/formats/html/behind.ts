import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import { isFileAddress } from '../../printed/file-types.ts';

/** Frames around an article, by what they are called. */
const FURNITURE =
  /(?:^|[/_.-])(?:top|head(?:er)?|foot(?:er)?|left|right|menu|nav|banner|search|login|share|weather|tongji|count(?:er)?)\d?(?=[/_.?-]|$)/i;
const SENDS_ON = /url\s*=\s*["']?\s*([^"'\s;]+)/i;
/** Characters: more is a page that says something itself. */
const SAYS_NOTHING = 80;
/** What such a page says. */
const JUMPS = /跳转|点击|点此|自动(?:进入|打开)|redirect|click here/i;
/** An article that was set in several pages goes on there; 下一篇 is another. */
const NEXT_PAGE = /^[[【(（\s]{0,3}下一?[页頁][\]】)）>»\s]{0,3}$/;
const textOf = ({ children }: Element, most: number): string =>
  children
    .map((child) => (isText(child) ? child.data : ''))
    .join('')
    .slice(0, most);
/** TRS names the further pages of an article in a script: those of `t1_2.html` are `t1_2_1.html` and so on. */
const TURNED = /\bcreatePageHTML\s?\(\s?(\d{1,2})\s?,\s?0\s?,\s?["'](\w{1,50})["']\s?,\s?["'](\w{3,5})["']/;
const turnedIn = (script: Element): string[] => {
  const [, pages, article, ending] = TURNED.exec(textOf(script, 2000)) ?? [];
  const isList = article === undefined || /^index/i.test(article);
  return isList ? [] : Array.from({ length: Number(pages) - 1 }, (_, i) => `${article}_${i + 1}.${ending}`);
};
const UNSEEN = new Set(['script', 'style', 'title', 'noscript']);

/**
 * Pages that hold what this one stands for: in its frames, where it goes on, and, where it says nothing itself, the one
 * that it sends its reader to. Addresses as written, of the same site only.
 */
export function pagesBehind(nodes: Iterable<ChildNode>): { node: Element; address: string }[] {
  const framed: { node: Element; address: string }[] = [];
  const linked: { node: Element; address: string }[] = [];
  const sent: { node: Element; address: string }[] = [];
  let text = '';
  for (const node of nodes) {
    if (isText(node) && text.length <= SAYS_NOTHING) {
      if (!UNSEEN.has((node.parent as Element | null)?.name ?? '')) text += node.data.trim();
    }
    if (!isTag(node)) continue;
    const { name, attribs } = node;
    const found = (list: typeof framed, address: string | undefined) => {
      if (address !== undefined && isPageHere(address)) list.push({ node, address });
    };
    if (name === 'iframe' || name === 'frame') found(framed, attribs.src);
    if (name === 'a') found(linked, attribs.href);
    if (name === 'script') for (const address of turnedIn(node)) found(framed, address);
    if (name === 'a' && NEXT_PAGE.test(textOf(node, 20))) found(framed, attribs.href);
    if (name === 'meta' && /^refresh$/i.test(attribs['http-equiv'] ?? ''))
      found(sent, SENDS_ON.exec(attribs.content ?? '')?.[1]);
  }
  const only = linked.length === 1 && JUMPS.test(text) ? linked : [];
  const further = text.length > SAYS_NOTHING ? [] : sent.length > 0 ? sent : only;
  return [...framed.filter(({ address }) => !FURNITURE.test(address)), ...further];
}

const isPageHere = (address: string): boolean =>
  address.trim() !== '' && !/^\s*(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(address) && !isFileAddress(address);
