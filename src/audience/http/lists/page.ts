import { narrowPage, pagePolicy } from '../../../infra/http/page-frame.js';
import { escapeHtml } from '../../../kernel/escape-html.js';

/**
 * A small page for people without an account: no script, no outside resource.
 * @param title as plain text
 * @param body as HTML; whoever writes it escapes what is not his own
 */
export const page = narrowPage;

/** Its own sheet, and forms that come back to us. */
export const PAGE_POLICY = pagePolicy({ forms: true });

/** A page that says one thing. @param text as plain text */
export const note = (title: string, text: string, language?: string): string =>
  page(title, `<p>${escapeHtml(text)}</p>`, language);
