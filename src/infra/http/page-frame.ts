import { createHash } from 'node:crypto';
import { escapeHtml as e } from '../../kernel/escape-html.js';

/** Colours of a page's buttons and edge; both `#rrggbb`. */
export interface PageColors {
  readonly brand: string;
  /** Readable on `brand`. */
  readonly onBrand: string;
}

const OURS: PageColors = { brand: '#0b5cad', onBrand: '#ffffff' };

/** A page for people without an account. What is called HTML is escaped by whoever writes it. */
export interface FramedPage {
  /** Plain text. */
  readonly title: string;
  /** HTML of what the page is about, with its own `h1`. */
  readonly main: string;
  /** HTML above and below it. */
  readonly header?: string;
  readonly footer?: string;
  /** HTML for the head: links to feeds, a script of ours. */
  readonly head?: string;
  /** Of title and texts; a language tag. */
  readonly language?: string;
  readonly colors?: PageColors;
}

/** One small sheet: readable without it, on paper, in the dark and at 400 % zoom. */
const SHEET = `:root{color-scheme:light dark;--ink:#1b1f24;--soft:#535c66;--paper:#fff;--card:#f5f7f9;--line:#cfd6de;
--link:#0b5cad;--good:#17702f;--warn:#855900;--bad:#b91c26}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a3adb8;--paper:#0e1216;--card:#171c22;--line:#38414b;
--link:#78b7ff;--good:#56c271;--warn:#e0ab3c;--bad:#ff8a80}}
*{box-sizing:border-box}
body{font:1.05rem/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0;border-top:.35rem solid var(--brand)}
header,main,footer{max-width:46rem;margin:0 auto;padding:1rem 1.25rem}
header{padding-top:1.5rem;padding-bottom:0;font-weight:600}main{padding-top:.5rem}
main.narrow{max-width:34rem;padding-top:8vh}
footer{border-top:1px solid var(--line);margin-top:2.5rem;padding-bottom:2.5rem}
h1{font-size:1.75rem;line-height:1.2;margin:.5rem 0 .75rem;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.3;margin:2.25rem 0 .75rem}h3{font-size:1.05rem;line-height:1.35;margin:0 0 .35rem}
a{color:var(--link);overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
ul,ol{padding-left:1.25rem}li{margin:.3rem 0}
ul.plain,ol.plain{list-style:none;padding:0;margin:0}ol.plain>li+li{margin-top:.8rem}
.card.rows{padding:0}.rows>li{padding:.7rem 1.15rem;margin:0}.rows>li+li{border-top:1px solid var(--line)}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.15rem;margin:0 0 .85rem}
.row{display:flex;flex-wrap:wrap;gap:.35rem 1rem;justify-content:space-between;align-items:baseline}
.note{color:var(--soft);font-size:.95rem}.text{white-space:pre-wrap;overflow-wrap:anywhere}
.warning{border-left:.35rem solid var(--warn);padding-left:.8rem}
.state{font-weight:600;white-space:nowrap}.state::before{content:"";display:inline-block;width:.7em;height:.7em;margin-right:.45em;background:currentColor}
.good{color:var(--good)}.good::before{border-radius:50%}.warn{color:var(--warn)}.warn::before{clip-path:polygon(50% 0,100% 100%,0 100%)}
.bad{color:var(--bad)}
button,.button{font:inherit;font-weight:600;display:inline-block;padding:.6rem 1.2rem;margin:.3rem .4rem .3rem 0;border:1px solid var(--line);
border-radius:.5rem;background:var(--brand);color:var(--on-brand);text-decoration:none;cursor:pointer}
button:hover,.button:hover{filter:brightness(1.08)}
label{display:block;margin:.8rem 0}fieldset{border:1px solid var(--line);border-radius:.5rem;margin:1rem 0}
input:not([type=checkbox]),select,textarea{font:inherit;width:100%;padding:.55rem;margin-top:.25rem;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:.4rem}
.aside{position:absolute;left:-5000px}[hidden]{display:none}
@media print{body{font-size:11pt;border:0}.screen{display:none}.card{break-inside:avoid}main a::after{content:" (" attr(href) ")"}}`;

const sheetOf = ({ brand, onBrand }: PageColors): string => `:root{--brand:${brand};--on-brand:${onBrand}}\n${SHEET}`;

/** No outside resource, no script but one of ours that `head` names. */
export const framedPage = (page: FramedPage): string => `<!doctype html>
<html lang="${e(page.language ?? 'en')}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${e(page.title)}</title>
<style>${sheetOf(page.colors ?? OURS)}</style>${page.head ?? ''}</head>
<body>${page.header ?? ''}
${page.main}
${page.footer ?? ''}</body></html>
`;

/** A page that has one short thing to say or ask. @param body as HTML */
export const narrowPage = (title: string, body: string, language?: string): string =>
  framedPage({
    title,
    main: `<main class="narrow"><h1>${e(title)}</h1>${body}</main>`,
    ...(language === undefined ? {} : { language }),
  });

/** What a page may do beside being read. */
export interface PageNeeds {
  readonly colors?: PageColors | undefined;
  /** Forms that lead to ourselves. */
  readonly forms?: boolean;
  /** Script files of ours, which may ask us. */
  readonly scripts?: boolean;
}

/** The Content-Security-Policy of a framed page: the sheet by its hash, and nothing inline. */
export const pagePolicy = ({ colors = OURS, forms = false, scripts = false }: PageNeeds = {}): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(sheetOf(colors)).digest('base64')}'`,
    ...(scripts ? ["script-src 'self'", "connect-src 'self'"] : []),
    `form-action ${forms ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
