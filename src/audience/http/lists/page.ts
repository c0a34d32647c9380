import { escapeHtml } from '../../../kernel/escape-html.js';

/**
 * A small page for people without an account: no script, no outside resource.
 * @param title as plain text
 * @param body as HTML; whoever writes it escapes what is not his own
 */
export const page = (title: string, body: string, language = 'en'): string => `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem}
button,input,select{font:inherit}button{padding:.6rem 1.4rem;cursor:pointer}
input[type=email],input[type=tel],input[type=text]{width:100%;box-sizing:border-box;padding:.5rem}
label{display:block;margin:.8rem 0}fieldset{border:1px solid #bbb;margin:1rem 0}
.aside{position:absolute;left:-5000px}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;

/** A page that says one thing. @param text as plain text */
export const note = (title: string, text: string): string => page(title, `<p>${escapeHtml(text)}</p>`);
