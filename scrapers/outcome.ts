import { JUDGED_BYTES, REFUSALS, type Capture } from './capture.ts';
import { walls } from './walls.ts';
import { textOf } from './wire.ts';

type Verdict = Pick<Capture, 'outcome' | 'error'>;

/** A complete answer. Of `bytes` the first `JUDGED_BYTES` decide. */
interface Answered extends Pick<Capture, 'kind'> {
  status: number;
  mediaType: string | null;
  bytes: Uint8Array;
}

/** Pages longer than this are content, whatever words stand in them. */
const SMALL = JUDGED_BYTES - 1;
const SHELL = 1024;

const REFUSAL_TEXT =
  /访问(?:被|已被)(?:拒绝|拦截|阻断|禁止)|请求(?:被|已被)(?:拒绝|拦截|阻断)|安全(?:验证|检查|防护)|人机(?:验证|识别)|滑动验证|请输入验证码|access denied|request blocked|geobl\b/i;
const ERROR_TEXT =
  /^[\s\p{P}]*(?:40[34]|50[0234])(?!\d)|(?:http|error|错误)[\s\p{P}]*(?:404|50[0234])(?!\d)|not found|bad gateway|(?:页面|网页|文件|内容|信息|栏目)(?:已)?(?:不存在|未找到|丢失|被删除|已删除|过期|失效)|找不到(?:该|您|此|网|页)|系统(?:繁忙|错误|异常)|服务器(?:错误|繁忙)/iu;
/** To the page that holds the article: in a frame, or one step on. */
const LEADS_ON = /<i?frame\s|http-equiv\s*=\s*["']?refresh[^<>]{0,100}url\s*=/i;
const REDIRECTS = /location(?:\.href)?\s*=|location\.(?:replace|assign|reload)\s*\(|http-equiv\s*=\s*["']?refresh/i;

/**
 * What a complete answer amounts to. A refusal is never worked round: a status that refuses, or a small page that
 * holds nothing but a challenge. `empty` is an answer that says 200 and holds a shell, a stub or an error page.
 */
export function judgeAnswer({ status, kind, mediaType, bytes: body }: Answered): Verdict {
  const page = looksLikePage(mediaType, body) ? sniff(body) : null;
  if (REFUSALS.has(status)) return { outcome: 'blocked', error: `HTTP ${status}` };
  if (status === 404 || status === 410) return { outcome: 'not_found', error: null };
  const wall = page && page.text.length < 80 ? walls.find(({ script }) => script.test(page.source)) : undefined;
  if (wall) return { outcome: 'blocked', error: `HTTP ${status} with the challenge of a firewall (${wall.name})` };
  if (status < 200 || status >= 300) return { outcome: 'error', error: `HTTP ${status}` };
  if (kind === 'robots') return { outcome: 'ok', error: null };
  if (body.byteLength === 0) return { outcome: 'empty', error: 'no bytes' };
  if (!page) return { outcome: 'ok', error: null };
  if (page.text.length < 200 && REFUSAL_TEXT.test(page.text))
    return { outcome: 'blocked', error: `a page that refuses with status ${status}` };
  if (page.text.length < 120 && page.links < 3 && ERROR_TEXT.test(page.text))
    return { outcome: 'empty', error: `an error page with status ${status}` };
  if (
    page.text.length < 10 &&
    page.links === 0 &&
    body.byteLength < SHELL &&
    !(kind === 'article' && LEADS_ON.test(page.source)) &&
    (!page.scripts || REDIRECTS.test(page.source))
  )
    return { outcome: 'empty', error: `a shell of ${body.byteLength} bytes` };
  return { outcome: 'ok', error: null };
}

/** By its first characters, unless the label names a format of its own. */
function looksLikePage(mediaType: string | null, body: Uint8Array): boolean {
  if (body.byteLength > SMALL) return false;
  const start = Buffer.from(body.subarray(0, 256)).toString('latin1');
  return (
    /^(?:\xEF\xBB\xBF)?\s*</.test(start) || (mediaType !== null && /^(?:text\/html|application\/xhtml)/.test(mediaType))
  );
}

/** Enough of a page to judge it: not a reading, which belongs to the transforms. */
function sniff(body: Uint8Array): { source: string; text: string; links: number; scripts: boolean } {
  const source = textOf(body);
  const visible = source
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style|head|noscript|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<[^<>]*>/g, '')
    .replace(/&nbsp;|&#160;|[\s\u200B\uFEFF]+/g, '');
  return {
    source,
    text: visible,
    links: source.match(/<a\s[^<>]*href/gi)?.length ?? 0,
    scripts: /<script/i.test(source),
  };
}
