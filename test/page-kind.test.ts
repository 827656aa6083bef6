import { describe, expect, it } from 'vitest';
import { read } from '../transforms/read.ts';
import { page, report } from './invented.ts';

/** What sites show in place of an article, in the words that they use, and texts about such matters. */

const shown = (title: string, ...lines: string[]) =>
  `<html><head><title>${title}</title></head><body>${lines.map((line) => `<p>${line}</p>`).join('')}</body></html>`;
const long = '本文纯属虚构，仅供测试之用，内容与任何地方无关。'.repeat(150);

const kindOf = async (html: string) => {
  const reading = await read({ bytes: Buffer.from(html), path: 'page.html', sha256: 's' });
  const found = reading.findings.find((f) => f.code === 'not_a_report');
  return found ? (found.details.page ?? null) : 'a report';
};

describe('a page in place of an article', () => {
  it.each([
    ['login', shown('用户登录', '请先登录', '用户名', '密码')],
    ['login', shown('登录', '账号：', '密码：', '忘记密码')],
    ['login', shown('统一身份认证', '扫码登录')],
    ['wall', shown('访问受限', '您的请求已被拦截，事件编号 1234')],
    ['wall', shown('安全验证', '请完成人机验证后继续访问')],
    ['wall', shown('403 Forbidden', 'nginx')],
    ['wall', shown('提示', '您的访问过于频繁，请稍后再试')],
    ['maintenance', shown('公告', '系统正在进行升级维护，请稍后再来。')],
    ['maintenance', shown('维护中', '网站改造期间，暂停服务。')],
    ['maintenance', shown('通知', '因数据中心迁移，平台将于本周日升级。')],
    ['error', shown('404', '页面不存在')],
    ['error', shown('出错了', '您访问的内容已被删除')],
    ['error', shown('502 Bad Gateway', 'nginx')],
    ['error', shown('提示', '系统繁忙，请稍后再试')],
    ['index', shown('虚构市人民政府', ...Array.from({ length: 30 }, (_, i) => `虚构市召开第${i}次会议`))],
    [null, shown('关于举办培训的通知', '各单位：', '现就培训事宜通知如下。'.repeat(10))],
    [null, shown('关于系统升级维护工作的总结', '系统升级维护', long)],
    ['a report', page(report(2023), '<p>系统维护、登录密码与拦截之事，本报告均有提及。</p>')],
  ])('is known for %s', async (kind, html) => {
    expect(await kindOf(html)).toBe(kind);
  });
});
