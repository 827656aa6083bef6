/**
 * What content management systems write into articles that HTML itself does not know. Pages are read by what they hold:
 * a page on disk does not say which system made it. How the systems list their articles is in `scrapers/families/`.
 */

/** Elements of a system's own that hold the article: UCAP. */
export const CONTENT_ELEMENTS = ['ucapcontent'];

/** Classes of links to attachments, whose addresses may end in no type of file: NFCMS. */
export const ATTACHMENT_CLASSES = ['nfw-cms-attachment'];

/** Where a system keeps attachments under addresses that end as those of pages: UCAP. */
export const ATTACHMENT_PAGES = /\/\w{0,60}attachments?\/[\w-]{1,60}\.s?html?$/i;
