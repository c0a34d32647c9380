import { createHash } from 'node:crypto';
import { Liquid } from 'liquidjs';
import type { LinksPage, NoticePage } from '../../domain/notices/public-page.js';

/** One small sheet: readable without it, on paper, in the dark and at 400 % zoom. */
const STYLE = `:root{color-scheme:light dark}
body{font:1.05rem/1.55 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:1.05rem;margin:1.25rem 0 .25rem}
ul{padding-left:1.25rem}a{overflow-wrap:anywhere}.trouble{border-left:.35rem solid #b35900;padding-left:.8rem}
.note{opacity:.8;font-size:.95rem}.text{white-space:pre-wrap}
@media print{body{max-width:none;font-size:11pt}a::after{content:" (" attr(href) ")"}.screen{display:none}}`;

/** Looks again by itself while it is shown, and says so to who cannot see it; without scripts a link does the same. */
export const LINKS_PAGE_SCRIPT = `(() => {
  const everyMs = 30000;
  let tag = '';
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { headers: tag ? { 'If-None-Match': tag } : {}, credentials: 'omit' });
      if (answer.status !== 200) return;
      tag = answer.headers.get('etag') || '';
      const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
      const shown = document.querySelector('main');
      if (!found || !shown || found.innerHTML === shown.innerHTML) return;
      shown.replaceChildren(...found.childNodes);
      document.querySelector('[role=status]').textContent = 'The links were updated.';
    } catch {
      // Offline: what is shown stays.
    }
  };
  setInterval(look, everyMs);
  document.addEventListener('visibilitychange', look);
})();
`;

const HEAD = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>{{ title }}</title>
<style>${STYLE}</style>`;

const LINKS = `${HEAD}<script src="assets/page.js" defer></script></head>
<body><main><h1>{{ title }}</h1>
{% for place in troubled %}<p class="trouble"><strong>{{ place.platformName }} has trouble</strong> since {{ place.since }}. New videos go where it works.</p>
{% endfor %}<h2>Videos</h2>
{% for video in videos %}<article><h3>{{ video.title }}</h3>
<p class="note"><time datetime="{{ video.instant }}">{{ video.day }}</time></p>
<ul>{% for place in video.places %}<li><a href="{{ place.url }}" rel="noopener noreferrer nofollow">{{ place.platformName }}</a></li>
{% endfor %}</ul></article>
{% else %}<p>No video of the last 30 days is live right now.</p>
{% endfor %}{% if notices.size > 0 %}<nav aria-labelledby="sent"><h2 id="sent">What we wrote</h2>
<ul>{% for notice in notices %}<li><a href="{{ notice.url }}">{{ notice.name }}</a>, {{ notice.day }}</li>
{% endfor %}</ul></nav>
{% endif %}</main>
<p class="note" role="status"></p>
<p class="note screen">This page keeps itself up to date and is served by us, not by a platform. <a href="">Load it again</a>.</p>
</body></html>
`;

const NOTICE = `${HEAD}</head>
<body><main><h1>{{ title }}</h1>
<p class="note">{{ workspaceName }}, <time datetime="{{ instant }}">{{ day }}</time></p>
<div class="text">{% for part in parts %}{% if part.url %}<a href="{{ part.url }}" rel="noopener noreferrer nofollow">{{ part.url }}</a>{% else %}{{ part.text }}{% endif %}{% endfor %}</div>
<p><a href="{{ linksUrl }}">Where every video is now</a></p></main></body></html>
`;

const UNKNOWN = `${HEAD}</head>
<body><main><h1>{{ title }}</h1><p>The address was cut off or is not one of ours. Copy it whole from the message.</p></main></body></html>
`;

const engine = new Liquid({ outputEscape: 'escape', ownPropertyOnly: true, strictVariables: false, templates: {} });
const [linksPage, noticePage, unknownPage] = [LINKS, NOTICE, UNKNOWN].map((text) => engine.parse(text));

const render = (page: typeof linksPage, scene: object): string =>
  page === undefined ? '' : String(engine.renderSync(page, scene));

/** Nothing is fetched and nothing runs but the sheet above and our own script. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** @param urlOf the address of a notice in the archive */
export const linksHtml = (page: LinksPage, urlOf: (noticeId: string) => string): string =>
  render(linksPage, {
    title: `${page.workspaceName}: where to find us`,
    troubled: page.troubled.map(({ platformName, since }) => ({ platformName, since: minuteOf(since) })),
    videos: page.videos.map(({ title, publishedAt, places }) => ({ title, places, ...timeOf(publishedAt) })),
    notices: page.notices.map(({ id, kind, platformName, sentAt }) => ({
      url: urlOf(id),
      name: kind === 'blackout' ? `${platformName} is down` : `${platformName} is back`,
      ...timeOf(sentAt),
    })),
  });

export const noticeHtml = ({ subject, text, sentAt, workspaceName, linksUrl }: NoticePage): string =>
  render(noticePage, { title: subject, workspaceName, linksUrl, parts: partsOf(text), ...timeOf(sentAt) });

export const unknownPageHtml = (): string => render(unknownPage, { title: 'There is nothing here' });

const timeOf = (at: Date) => ({ instant: at.toISOString(), day: `${minuteOf(at)}` });
const minuteOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Addresses become links, everything else stays text. */
const partsOf = (text: string): { text?: string; url?: string }[] =>
  text.split(/(https?:\/\/[^\s<>"')\]]+)/).map((part, index) => (index % 2 === 1 ? { url: part } : { text: part }));
