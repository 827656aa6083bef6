import type { Doc } from '../doc/doc.ts';
import type { PageKind } from '../finding-kinds.ts';

/** What a site shows in place of a document; an article about such matters is longer, or says more around them. */
const LONGEST = 3000;
const KINDS: [PageKind, RegExp][] = [
  [
    'wall',
    /(?:被|已|予以)(?:拒绝|拦截|阻断|屏蔽|禁止)|访问(?:受限|频繁|过于频繁|异常)|(?:安全|人机)(?:验证|识别)|请输入验证码|滑动验证|access denied|request blocked|forbidden/i,
  ],
  ['login', /(?:用户名|账号|帐号|手机号)[\s\S]{0,60}密码|统一身份认证|(?:用户|系统|会员|请先|账号|帐号)登[录陆]/],
  [
    'maintenance',
    /(?:系统|网站|平台|服务器?|栏目|数据库?)[^。]{0,20}(?:维护|升级|改造|迁移|割接)|暂停(?:服务|访问|对外)|(?:维护|升级)(?:公告|通知|通告|中)|under maintenance/i,
  ],
  [
    'error',
    /(?:^|\s)(?:40[034]|50[0234])(?!\d)|not found|bad gateway|(?:页面|网页|文件|内容|信息|栏目|文章)(?:已)?(?:不存在|未找到|丢失|被删除|已删除|过期|失效|已下线)|找不到|出错了|系统(?:繁忙|错误|异常)|服务器(?:错误|繁忙)/i,
  ],
];

/** So many lines are a page of links. */
const MANY = 15;
/** Characters of a line that is a link: titles, not sentences. */
const LINK_LENGTH = 45;

/**
 * What a page that is no report plainly is, where it is no article at all: what a site shows to whoever it does not serve
 * now, or a page of links. Null where it may be any text.
 */
export function pageKindOf({ title, blocks }: Doc): PageKind | null {
  const lines = blocks.flatMap((block) =>
    block.kind === 'heading' || block.kind === 'paragraph'
      ? [block.text]
      : block.kind === 'table'
        ? block.rows.flat().map(({ text }) => text)
        : [],
  );
  const text = [title ?? '', ...lines].join('\n').trim();
  if (text.length <= LONGEST) {
    const kind = KINDS.find(([, pattern]) => pattern.test(text))?.[0];
    if (kind) return kind;
  }
  const short = lines.filter((line) => line.trim() !== '' && line.length <= LINK_LENGTH && !line.includes('。'));
  return short.length >= MANY && short.length >= 0.9 * lines.length ? 'index' : null;
}
