import { authenticate } from 'mailauth';

/** The resolver of a world in which only our key is published. */
const resolverOf =
  (name: string, record: string) =>
  async (asked: string, type: string): Promise<string[][]> => {
    if (type === 'TXT' && asked === name) return [[record]];
    throw Object.assign(new Error(`${asked} has no ${type}`), { code: 'ENOTFOUND' });
  };

const MUST_COVER = ['from', 'list-unsubscribe', 'list-unsubscribe-post'];

interface Signature {
  readonly status?: { readonly result?: string };
  readonly signingHeaders?: { readonly keys?: string };
}

/** @returns how many of the messages carry a good signature that covers the sender and both unsubscribe headers */
export const countSigned = async (
  messages: readonly string[],
  key: { readonly name: string; readonly record: string },
): Promise<number> => {
  const resolver = resolverOf(key.name, key.record);
  let signed = 0;
  for (const message of messages) {
    const { dkim } = await authenticate(message, {
      ip: '127.0.0.1',
      helo: 'mail.studio.example',
      sender: 'news@studio.example',
      mta: 'sink.example',
      resolver,
      disableArc: true,
      disableDmarc: true,
      disableBimi: true,
    });
    const [signature] = (dkim as { results: readonly Signature[] }).results;
    const covered = (signature?.signingHeaders?.keys ?? '').split(/[:;\s]+/).map((name) => name.toLowerCase());
    if (signature?.status?.result === 'pass' && MUST_COVER.every((name) => covered.includes(name))) signed += 1;
  }
  return signed;
};
