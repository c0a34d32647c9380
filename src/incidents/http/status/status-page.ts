import { signUpFields } from '../../../audience/index.js';
import { framedPage, narrowPage, type PageColors } from '../../../infra/http/page-frame.js';
import { escapeHtml as e } from '../../../kernel/escape-html.js';
import { inkOn } from '../../../workspaces/domain/brand-color.js';
import { STATUS_LANGUAGES, type StatusLanguage } from '../../domain/status/status-language.js';
import {
  liveElsewhere,
  signUpFor,
  type StatusPlatform,
  type StatusSignUp,
  type StatusSnapshot,
  type StatusVideo,
  troubledPlatforms,
} from '../../domain/status/status-snapshot.js';
import { dayTime, listed, STATUS_WORDS, type StatusWords, timeDay } from '../../domain/status/status-words.js';
import { incidentHtml } from './status-incidents.js';

/** What is shown, to whom. */
export interface StatusScene {
  readonly snapshot: StatusSnapshot;
  /** The tables could not be read; nothing can be stored either. */
  readonly isLastCopy: boolean;
  readonly language: StatusLanguage;
}

export const colorsOf = ({ brandColor }: StatusSnapshot): PageColors | undefined =>
  brandColor === null ? undefined : { brand: brandColor, onBrand: inkOn(brandColor) };

/** The page as HTML: no script, nothing from elsewhere, everything of others escaped. */
export const statusPage = ({ snapshot, isLastCopy, language }: StatusScene): string => {
  const words = STATUS_WORDS[language];
  const colors = colorsOf(snapshot);
  const title = words.title(snapshot.workspaceName);
  return framedPage({
    title,
    language,
    ...(colors ? { colors } : {}),
    head: `<link rel="alternate" type="application/atom+xml" title="${e(title)}" href="/status/${snapshot.slug}/feed.xml?lang=${language}">`,
    header: `<header>${e(snapshot.workspaceName)}</header>`,
    main: `<main>${[
      headHtml(snapshot, language, isLastCopy),
      videosHtml(liveElsewhere(snapshot), language),
      platformsHtml(snapshot.platforms, words),
      signUpHtml(signUpFor(snapshot, language), words, isLastCopy),
      historyHtml(snapshot, language),
    ].join('\n')}</main>`,
    footer: footerHtml(snapshot.slug, language),
  });
};

/** For an address that nobody has chosen. */
export const unknownStatusPage = (language: StatusLanguage): string => {
  const { unknownTitle, unknownText } = STATUS_WORDS[language];
  return narrowPage(unknownTitle, `<p>${e(unknownText)}</p>`, language);
};

/** For a page of which no copy is left while the tables cannot be read. */
export const awayStatusPage = (language: StatusLanguage): string => {
  const { awayTitle, awayText } = STATUS_WORDS[language];
  return narrowPage(awayTitle, `<p>${e(awayText)}</p>`, language);
};

/** What matters now, in one line. */
export const headlineOf = (snapshot: StatusSnapshot, language: StatusLanguage): string => {
  const words = STATUS_WORDS[language];
  const places = liveElsewhere(snapshot).flatMap((video) => video.places);
  const left = [...new Set(places.flatMap(({ insteadOf }) => insteadOf ?? []))];
  if (left.length > 0) return words.elsewhere(listed(left, language));
  const troubled = troubledPlatforms(snapshot);
  return troubled.length > 0 ? words.trouble(listed(troubled, language), troubled.length === 1) : words.allWell;
};

const headHtml = (snapshot: StatusSnapshot, language: StatusLanguage, isLastCopy: boolean): string => {
  const words = STATUS_WORDS[language];
  const isCalm = liveElsewhere(snapshot).length === 0 && troubledPlatforms(snapshot).length > 0;
  const asOf = words.asOf(`<time datetime="${snapshot.asOf}">${timeDay(snapshot.asOf, language)}</time>`);
  return `<h1>${e(headlineOf(snapshot, language))}</h1>
${isCalm ? `<p>${e(words.calm)}</p>` : ''}<p class="note">${asOf}</p>
${isLastCopy ? `<p class="warning" role="status">${e(words.lastCopy)}</p>` : ''}`;
};

const videosHtml = (videos: readonly StatusVideo[], language: StatusLanguage): string => {
  if (videos.length === 0) return '';
  const words = STATUS_WORDS[language];
  return `<section aria-labelledby="videos"><h2 id="videos">${e(words.videos)}</h2>
${videos.map((video) => videoHtml(video, language)).join('\n')}</section>`;
};

const videoHtml = ({ title, publishedAt, places }: StatusVideo, language: StatusLanguage): string => {
  const words = STATUS_WORDS[language];
  const links = places.map(
    ({ platformName, url }) =>
      `<a class="button" href="${e(url)}" rel="noopener noreferrer nofollow">${e(words.watchOn(platformName))}</a>`,
  );
  const left = [...new Set(places.flatMap(({ insteadOf }) => insteadOf ?? []))];
  return `<article class="card"><h3>${e(title)}</h3>
<p class="note"><time datetime="${publishedAt}">${dayTime(publishedAt, language)}</time>, ${e(words.insteadOf(listed(left, language)))}</p>
${links.join('\n')}</article>`;
};

const LOOKS = { healthy: 'good', recovering: 'warn', degraded: 'warn', down: 'bad' } as const;

const platformsHtml = (platforms: readonly StatusPlatform[], words: StatusWords): string =>
  `<section aria-labelledby="platforms"><h2 id="platforms">${e(words.platforms)}</h2>
${platforms.length === 0 ? `<p>${e(words.noPlatforms)}</p>` : `<ul class="plain card rows">${platforms.map((one) => platformHtml(one, words)).join('\n')}</ul>`}</section>`;

const platformHtml = ({ name, region, state }: StatusPlatform, words: StatusWords): string =>
  `<li class="row"><span>${e(name)}${region === null ? '' : ` (${e(region.toUpperCase())})`}</span><span class="state ${LOOKS[state]}">${e(words.states[state])}</span></li>`;

/** The workspace's own form, which leads to its sign-up page and from there to the mail with the button. */
const signUpHtml = (form: StatusSignUp | undefined, words: StatusWords, isLastCopy: boolean): string => {
  if (!form) return '';
  const ask = `<form method="post" action="/join/${form.formId}">${signUpFields(form)}</form>`;
  return `<section class="screen" aria-labelledby="subscribe"><h2 id="subscribe">${e(words.subscribe)}</h2>
<p>${e(words.subscribeWhy)}</p>
${isLastCopy ? `<p class="warning">${e(words.subscribeLater)}</p>` : ask}</section>`;
};

const historyHtml = ({ incidents }: StatusSnapshot, language: StatusLanguage): string => {
  const words = STATUS_WORDS[language];
  return `<section aria-labelledby="history"><h2 id="history">${e(words.history)}</h2>
${incidents.length === 0 ? `<p>${e(words.noHistory)}</p>` : incidents.map((one) => incidentHtml(one, language)).join('\n')}</section>`;
};

const footerHtml = (slug: string, language: StatusLanguage): string => {
  const words = STATUS_WORDS[language];
  const others = STATUS_LANGUAGES.filter((other) => other !== language).map(
    (other) => `<a href="?lang=${other}" hreflang="${other}" lang="${other}">${STATUS_WORDS[other].ownName}</a>`,
  );
  return `<footer class="note"><p>${e(words.ownAddress)}</p>
<p class="row screen"><a href="/status/${slug}/feed.xml?lang=${language}">${e(words.feed)}</a>
<a href="/status/${slug}/status.json">${e(words.machine)}</a> ${others.join(' ')}</p></footer>`;
};
