import { Liquid } from 'liquidjs';
import { framedPage, pagePolicy } from '../../../infra/http/page-frame.js';
import type { LinksPage, NoticePage } from '../../domain/notices/public-page.js';

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

const LINKS = `<main><h1>{{ title }}</h1>
{% for place in troubled %}<p class="warning"><strong>{{ place.platformName }} has trouble</strong> since {{ place.since }}. New videos go where it works.</p>
{% endfor %}<h2>Videos</h2>
{% for video in videos %}<article class="card"><h3>{{ video.title }}</h3>
<p class="note"><time datetime="{{ video.instant }}">{{ video.day }}</time></p>
<ul>{% for place in video.places %}<li><a href="{{ place.url }}" rel="noopener noreferrer nofollow">{{ place.platformName }}</a></li>
{% endfor %}</ul></article>
{% else %}<p>No video of the last 30 days is live right now.</p>
{% endfor %}{% if notices.size > 0 %}<nav aria-labelledby="sent"><h2 id="sent">What we wrote</h2>
<ul>{% for notice in notices %}<li><a href="{{ notice.url }}">{{ notice.name }}</a>, {{ notice.day }}</li>
{% endfor %}</ul></nav>
{% endif %}</main>`;

const LINKS_FOOTER = `<footer class="note"><p role="status"></p>
<p class="screen">This page keeps itself up to date and is served by us, not by a platform. <a href="">Load it again</a>.</p></footer>`;

const NOTICE = `<main><h1>{{ title }}</h1>
<p class="note">{{ workspaceName }}, <time datetime="{{ instant }}">{{ day }}</time></p>
<div class="text">{% for part in parts %}{% if part.url %}<a href="{{ part.url }}" rel="noopener noreferrer nofollow">{{ part.url }}</a>{% else %}{{ part.text }}{% endif %}{% endfor %}</div>
<p><a href="{{ linksUrl }}">Where every video is now</a></p></main>`;

const UNKNOWN = `<main><h1>{{ title }}</h1><p>The address was cut off or is not one of ours. Copy it whole from the message.</p></main>`;

const engine = new Liquid({ outputEscape: 'escape', ownPropertyOnly: true, strictVariables: false, templates: {} });
const [linksPage, noticePage, unknownPage] = [LINKS, NOTICE, UNKNOWN].map((text) => engine.parse(text));

const render = (
  page: typeof linksPage,
  scene: { readonly title: string } & Readonly<Record<string, unknown>>,
  around: { readonly head?: string; readonly footer?: string } = {},
): string => framedPage({ title: scene.title, main: page ? String(engine.renderSync(page, scene)) : '', ...around });

/** Nothing is fetched and nothing runs but the sheet and our own script. */
export const PAGE_POLICY = pagePolicy({ scripts: true });

/** @param urlOf the address of a notice in the archive */
export const linksHtml = (page: LinksPage, urlOf: (noticeId: string) => string): string =>
  render(
    linksPage,
    {
      title: `${page.workspaceName}: where to find us`,
      troubled: page.troubled.map(({ platformName, since }) => ({ platformName, since: minuteOf(since) })),
      videos: page.videos.map(({ title, publishedAt, places }) => ({ title, places, ...timeOf(publishedAt) })),
      notices: page.notices.map(({ id, kind, platformName, sentAt }) => ({
        url: urlOf(id),
        name: kind === 'blackout' ? `${platformName} is down` : `${platformName} is back`,
        ...timeOf(sentAt),
      })),
    },
    { head: '<script src="assets/page.js" defer></script>', footer: LINKS_FOOTER },
  );

export const noticeHtml = ({ subject, text, sentAt, workspaceName, linksUrl }: NoticePage): string =>
  render(noticePage, { title: subject, workspaceName, linksUrl, parts: partsOf(text), ...timeOf(sentAt) });

export const unknownPageHtml = (): string => render(unknownPage, { title: 'There is nothing here' });

const timeOf = (at: Date) => ({ instant: at.toISOString(), day: `${minuteOf(at)}` });
const minuteOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Addresses become links, everything else stays text. */
const partsOf = (text: string): { text?: string; url?: string }[] =>
  text.split(/(https?:\/\/[^\s<>"')\]]+)/).map((part, index) => (index % 2 === 1 ? { url: part } : { text: part }));
