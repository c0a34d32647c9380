import type { Broadcast } from '../sending/broadcast.js';
import { smsNotice } from '../notices/notice-templates.js';

/** Ten segments: longer texts are cut by some carriers. */
export const MAX_SMS_SEGMENTS = 10;

/** What is known when a text is written; the same for everyone, so that everyone pays the same. */
export interface SmsScene {
  readonly workspaceName: string;
  readonly platformName: string | undefined;
  /** Our page of links, which goes on being right after the text has left. */
  readonly pageUrl: string;
}

const PLACEHOLDERS = /\{\{\s*(workspace\.name|incident\.platformName|pageUrl)\s*\}\}/g;

/**
 * The text of a broadcast: the workspace's own words with `{{ workspace.name }}`, `{{ incident.platformName }}` and
 * `{{ pageUrl }}`, or ours for a notice. It always says how to leave (CTIA Messaging Principles 5.1.3).
 * @param given the workspace's words; null: ours
 * @returns undefined for news without a text: it goes by mail alone
 */
export const smsTextOf = (
  { kind }: Pick<Broadcast, 'kind'>,
  given: string | null,
  scene: SmsScene,
): string | undefined => {
  if (given !== null) return withWayOut(filled(given, scene));
  if (kind === 'news') return undefined;
  const { workspaceName, pageUrl } = scene;
  return smsNotice(kind, { workspaceName, platformName: scene.platformName ?? 'A platform', pageUrl });
};

/** Asks a phone whether it wants to be on the list. */
export const confirmText = (workspaceName: string): string =>
  `${workspaceName}: reply YES to get a text when a platform is down. Msg rates may apply. HELP for help, STOP to end.`;

/** Answers to keywords. */
export const replyText = {
  start: (workspaceName: string) =>
    `${workspaceName}: you are on the list for texts about outages. Msg rates may apply. Reply STOP to end.`,
  help: (workspaceName: string, pageUrl: string) =>
    `${workspaceName}: texts when a platform is down. All videos: ${pageUrl} Reply STOP to end.`,
} as const;

const filled = (text: string, scene: SmsScene): string =>
  text.replace(PLACEHOLDERS, (_, name: string) => {
    if (name === 'pageUrl') return scene.pageUrl;
    return name === 'workspace.name' ? scene.workspaceName : (scene.platformName ?? '');
  });

const withWayOut = (text: string): string => (/\bSTOP\b/i.test(text) ? text : `${text} Reply STOP to end.`);
