import { readRows } from '../rows.ts';
import type { Interface } from './interface.ts';
import { answerOf, type Fields } from './json.ts';

/** UCAP's interface of lists, by the channel that the page names. */
export const channel: Interface = {
  open(html, url, rows) {
    const id = CHANNEL.exec(html)?.[1];
    const own = readRows(html, url, rows).rows;
    if (id === undefined) return { rows: own, feeds: [] };
    const form = `codeId=&channelId=${id}&page={page}&size=${SIZE}&relateSubChannels=false`;
    const asks = [{ url: new URL('/getFileListByCodeId', url).href, form }];
    return {
      rows: own,
      feeds: [{ name: id, asks, size: SIZE, from: 1, rows: [], stated: { total: null, pages: null } }],
    };
  },

  read: (text) => answerOf(text, fields),
};

/** What the server gives when nothing else is asked for. */
const SIZE = 20;

const CHANNEL = /\bchannelId\s*[:=]\s*["']([0-9a-f]{32})["']/i;

const fields: Fields = {
  rows: ['results.data.results', 'data.results', 'results'],
  title: ['title', 'titleHtml'],
  url: ['url', 'redirectUrl'],
  date: ['publishedTimeStr', 'writtendate'],
  total: ['results.data.total', 'data.total', 'total'],
  pages: [],
};
