import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ImapMailbox } from '../../src/audience/infrastructure/bounces/imap-mailbox.js';
import { type FakeImap, startImap } from '../support/imap-server.js';

describe('a mailbox over IMAP', () => {
  let imap: FakeImap;
  let mailbox: ImapMailbox;

  beforeAll(async () => {
    imap = await startImap();
    mailbox = new ImapMailbox(imap.url);
  });
  afterAll(() => imap.stop());
  beforeEach(() => {
    imap.mails.clear();
    imap.commands.length = 0;
    for (const uid of [3, 5, 9]) imap.mails.set(uid, `Subject: mail ${uid}\r\n\r\nbody\r\n`);
  });

  const uidsAfter = async (uid: number, limit = 50) => {
    const { mails } = await mailbox.after({ validity: '1', uid }, limit);
    return mails.map((mail) => mail.uid);
  };

  it('is read from the first mail on, in order and in parts, and left as it was', async () => {
    const first = await mailbox.after(undefined, 2);
    expect(first.validity).toBe('1');
    expect(first.mails.map(({ uid }) => uid)).toEqual([3, 5]);
    expect(first.mails[0]?.raw.toString()).toBe('Subject: mail 3\r\n\r\nbody\r\n');
    expect(await uidsAfter(5)).toEqual([9]);
    const verbs = imap.commands.join('\n');
    expect(verbs).toMatch(/^EXAMINE /m);
    expect(verbs).not.toMatch(/STORE|EXPUNGE|BODY\[/);
  });

  it('is not read twice by a server that always answers its newest mail', async () => {
    expect(await uidsAfter(9)).toEqual([]);
  });

  it('is read from the start when the server numbers anew', async () => {
    expect((await mailbox.after({ validity: '0', uid: 9 }, 50)).mails).toHaveLength(3);
  });

  it('names itself without its password, and says when the login is wrong', async () => {
    expect(mailbox.name).toMatch(/^reports@example\.org@127\.0\.0\.1:\d+\/INBOX$/);
    const wrong = new ImapMailbox(imap.url.replace('secret', 'guess'));
    await expect(wrong.after(undefined, 1)).rejects.toThrow();
    expect(new ImapMailbox(undefined).name).toBeUndefined();
  });
});
