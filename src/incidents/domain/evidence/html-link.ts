import { escapeHtml } from '../../../kernel/escape-html.js';

/** A link for http and https alone; any other address is shown as text. Escaped. */
export const linkOf = (url: string, label = url): string =>
  /^https?:\/\//i.test(url)
    ? `<a href="${escapeHtml(url)}" rel="noopener noreferrer nofollow">${escapeHtml(label)}</a>`
    : escapeHtml(label);
