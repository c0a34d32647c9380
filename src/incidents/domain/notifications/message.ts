/** A message as people read it; `url` is the place to act, also the last line of `text`. */
export interface Message {
  /** One line, at most `MAX_SUBJECT`. */
  readonly subject: string;
  readonly text: string;
  readonly url: string;
}

export const MAX_SUBJECT = 120;
/** Fits Discord's 2,000 with subject, marks and notes (`platforms.md` 6.1), the least of all receivers. */
export const MAX_TEXT = 1_500;

/** What words need beside the facts. */
export interface Wording {
  /** As people call a platform. */
  readonly nameOf: (platform: string) => string;
  /** IANA zone in which times are told. */
  readonly zone: string;
  /** Without a trailing slash. */
  readonly publicUrl: string;
}

/** Paragraphs, cut at a line where they would be too long, then the link, which is never cut. */
export const messageOf = (subject: string, paragraphs: readonly string[], url: string): Message => {
  const room = MAX_TEXT - url.length - 2;
  let text = '';
  for (const line of paragraphs.join('\n\n').split('\n')) {
    if (text.length + line.length + 2 > room) {
      text += '…';
      break;
    }
    text += `${line}\n`;
  }
  const short = subject.length > MAX_SUBJECT ? `${subject.slice(0, MAX_SUBJECT - 1)}…` : subject;
  return { subject: short.toWellFormed(), text: `${text.trimEnd()}\n${url}`.toWellFormed(), url };
};

/**
 * Where a message leads: an incident to its report, which a browser shows and prints, all else to the answer of the API.
 * Both ask for a session or a key. The one place that knows these addresses.
 */
export const links = {
  incident: (publicUrl: string, id: string | undefined) =>
    id === undefined
      ? `${publicUrl}/v1/platforms`
      : `${publicUrl}/v1/incidents/${encodeURIComponent(id)}/evidence?format=html`,
  incidents: (publicUrl: string) => `${publicUrl}/v1/incidents`,
  decisions: (publicUrl: string) => `${publicUrl}/v1/targets?status=needs_decision`,
  target: (publicUrl: string, id: string) => `${publicUrl}/v1/targets/${encodeURIComponent(id)}`,
  account: (publicUrl: string, id: string) => `${publicUrl}/v1/accounts/${encodeURIComponent(id)}/health`,
  accounts: (publicUrl: string) => `${publicUrl}/v1/accounts`,
  drill: (publicUrl: string, id: string) => `${publicUrl}/v1/drills/${encodeURIComponent(id)}`,
  drills: (publicUrl: string) => `${publicUrl}/v1/drills`,
  radar: (publicUrl: string) => `${publicUrl}/v1/radar`,
  home: (publicUrl: string) => `${publicUrl}/v1/incidents`,
  channels: (publicUrl: string) => `${publicUrl}/v1/notification-channels`,
};
