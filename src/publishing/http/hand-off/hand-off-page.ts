import { Liquid } from 'liquidjs';
import { framedPage } from '../../../infra/http/page-frame.js';
import { shareLinkExample, shareLinkHint } from '../../domain/hand-off/share-link.js';
import type { HandOff } from '../../domain/hand-off/hand-offs.port.js';

/** Paths are relative, so that the page works behind a proxy that adds a prefix. */
const TEMPLATE = `<main class="narrow"><h1>{{ title }}</h1>
{% if warning != "" %}<p class="warning" role="alert">{{ warning }}</p>{% endif %}
<p>{{ text }}</p>
{% if waits %}
<ol>
<li><p>Save the video.</p>
<p><a class="button" href="{{ base }}{{ token }}/media" download="{{ fileName }}" data-video>Download the video</a>
<button type="button" data-share hidden>Share video and caption to an app</button></p></li>
<li><label for="caption">Copy the caption.</label>
<textarea id="caption" rows="6" readonly>{{ caption }}</textarea>
<button type="button" data-copy hidden>Copy the caption</button></li>
<li>Post both in the {{ platformName }} app as {{ accountName }}.</li>
<li><p>Then come back and say so. Nothing is confirmed by itself.</p>
<form method="post" action="{{ base }}{{ token }}/confirm">
<label for="link">Link to the post, if you have one</label>
<input id="link" name="link" type="url" maxlength="500" placeholder="{{ linkExample }}">
<button type="submit">I posted it</button></form>
<form method="post" action="{{ base }}{{ token }}/skip"><button type="submit">Skip: it will not be posted</button></form></li>
</ol>
<p class="note">It waits until {{ until }}.</p>
{% endif %}
</main>`;

const engine = new Liquid({ outputEscape: 'escape', ownPropertyOnly: true, strictVariables: true, templates: {} });
const parsed = engine.parse(TEMPLATE);

interface Scene {
  readonly title: string;
  readonly text: string;
  readonly warning?: string | undefined;
}

const NO_TASK = { waits: false, base: '', token: '', fileName: '', caption: '', platformName: '', accountName: '' };
type ShownScene = Scene &
  Partial<Pick<PageParts, 'base'>> & { readonly waits?: boolean; readonly [value: string]: unknown };

const render = (scene: ShownScene): string => {
  const shown = { ...NO_TASK, linkExample: '', until: '', ...scene, warning: scene.warning ?? '' };
  const script = `<script src="${scene.base ?? ''}assets/page.js" defer></script>`;
  return framedPage({
    title: scene.title,
    main: String(engine.renderSync(parsed, shown)),
    head: scene.waits ? script : '',
  });
};

const note = ({ title, text, warning }: Scene): string => render({ title, text, warning: warning ?? '' });

/** What the page needs beside the hand-off. */
export interface PageParts {
  readonly handOff: HandOff;
  readonly token: string;
  readonly platformName: string;
  readonly fileName: string;
  /** Where the token stands in the path that was asked: '' on the page itself, '../' one level below. */
  readonly base: '' | '../';
  readonly warning?: string;
}

const minutesOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The page for the state the hand-off is in; every value of others is escaped. */
export const handOffPage = (parts: PageParts): string => {
  const { handOff, platformName, warning } = parts;
  switch (handOff.state) {
    case 'confirmed':
      return note({
        title: 'Thank you',
        text: 'It counts as posted.',
        warning: shareLinkHint(handOff.platform, handOff.link),
      });
    case 'skipped':
      return note({ title: 'Skipped', text: 'It counts as not posted, and will not be asked for again.' });
    case 'due':
    case 'notified':
    case 'opened':
    case 'expired': {
      const isLate = handOff.state === 'expired';
      if (isLate && handOff.targetStatus !== 'needs_decision')
        return note({ title: 'This is over', text: 'Somebody has decided about this post in another way.' });
      return render({
        title: `Post to ${platformName}`,
        text: isLate
          ? `The time for ${handOff.accountName} ran out and nobody said what happened. Was it posted?`
          : `This is for ${handOff.accountName}. You post it; we keep the books.`,
        warning: warning ?? '',
        waits: true,
        base: parts.base,
        token: parts.token,
        fileName: parts.fileName,
        caption: handOff.caption,
        platformName,
        accountName: handOff.accountName,
        linkExample: shareLinkExample(handOff.platform),
        until: minutesOf(handOff.expiresAt),
      });
    }
  }
};

export const UNKNOWN_LINK = note({
  title: 'This link does not work',
  text: 'It has ended or was cut off. Copy it whole from the latest mail, or look at the hand-offs in the app.',
});

/**
 * Copying and sharing, where the browser can. Without it every step still works by hand.
 * Sharing fetches the video when it is asked for, since a browser shares files only right after a press.
 */
export const PAGE_SCRIPT = `'use strict';
const caption = document.getElementById('caption');
const copy = document.querySelector('[data-copy]');
const share = document.querySelector('[data-share]');
const video = document.querySelector('[data-video]');
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(caption.value);
    copy.textContent = 'Copied';
  });
}
const probe = () => navigator.canShare({ files: [new File([''], 'video.mp4', { type: 'video/mp4' })] });
if (share && navigator.canShare && probe()) {
  share.hidden = false;
  let ready;
  share.addEventListener('click', async () => {
    try {
      if (!ready) {
        share.textContent = 'Loading the video';
        const answer = await fetch(video.href);
        if (!answer.ok) throw new Error('The video could not be loaded.');
        const bytes = await answer.blob();
        ready = new File([bytes], video.getAttribute('download'), { type: bytes.type });
        share.textContent = 'Share now';
      }
      await navigator.share({ files: [ready], text: caption.value });
    } catch (error) {
      if (error.name === 'NotAllowedError') share.textContent = 'Ready: press once more to share';
      else if (error.name !== 'AbortError') share.textContent = 'Sharing failed: download it instead';
    }
  });
}
`;
