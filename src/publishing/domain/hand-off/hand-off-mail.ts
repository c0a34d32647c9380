import type { HandOff, MailDue } from './hand-offs.port.js';

const CAPTION_IN_SUBJECT = 60;

/** What the mail about one hand-off is made of. */
export interface HandOffMailParts {
  readonly handOff: Pick<HandOff, 'id' | 'accountName' | 'caption' | 'expiresAt'>;
  /** As people call it. */
  readonly platformName: string;
  readonly number: MailDue['number'];
  readonly url: string;
  readonly to: string;
  readonly from: string;
  /** Part of the Message-ID. */
  readonly domain: string;
}

/** Tells or reminds a person; the Message-ID is the same however often this mail is written. */
export const handOffMail = (parts: HandOffMailParts) => {
  const { handOff, platformName, number, url } = parts;
  const what = oneLine(`${platformName}, ${handOff.accountName}: ${handOff.caption}`).slice(0, CAPTION_IN_SUBJECT);
  const until = `${handOff.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return {
    from: parts.from,
    to: parts.to,
    subject: number === 1 ? `Please post by hand: ${what}` : `Still to be posted: ${what}`,
    text: [
      `${number === 1 ? 'It is time to post this' : 'Nobody has told us yet whether this was posted'} on ${platformName}, account ${oneLine(handOff.accountName)}.`,
      `Open this page on your phone. It has the video, the caption to copy, and a button to say that it is done:`,
      url,
      `It waits until ${until}. Nothing is posted and nothing is confirmed by itself.\n`,
    ].join('\n\n'),
    messageId: `<handoff.${handOff.id}.${number}@${parts.domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
};

/** Line breaks and other control characters become spaces: they would end a header. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
