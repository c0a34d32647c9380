import type { RenderedContent } from '../sending/template.port.js';

/** A campaign as listmonk's `POST /api/campaigns` takes it (https://listmonk.app/docs/apis/campaigns/, read 2026-11). */
export interface Campaign {
  /** Names the broadcast, so that one whose answer was lost can be found again. */
  readonly name: string;
  readonly subject: string;
  readonly contentType: 'plain' | 'html';
  readonly body: string;
  readonly altBody: string | undefined;
}

/** Stands where a reader's own unsubscribe address would; listmonk puts its own there. */
export const UNSUBSCRIBE_PLACE = 'https://reader.invalid/unsubscribe';

/** Nobody else's campaign is called so. */
export const campaignName = (broadcastId: string): string => `Perennial ${broadcastId}`;

/**
 * A broadcast, rendered for nobody in particular, as a campaign. listmonk runs Go templates over it: its own words for
 * the unsubscribe address are put in, and braces that came with the text stay text.
 */
export const campaignOf = (broadcastId: string, { subject, text, html }: RenderedContent): Campaign => ({
  name: campaignName(broadcastId),
  subject: inert(subject),
  contentType: html === undefined ? 'plain' : 'html',
  body: withWayOut(inert(html ?? text)),
  altBody: html === undefined ? undefined : withWayOut(inert(text)),
});

const inert = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

const withWayOut = (text: string): string => text.replaceAll(UNSUBSCRIBE_PLACE, '{{ UnsubscribeURL }}');
