import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** As much of an IMAP server (RFC 9051) as reading one mailbox takes. */
export interface FakeImap {
  readonly url: string;
  /** By number. */
  readonly mails: Map<number, string>;
  /** Change it: the server numbers anew. */
  validity: number;
  /** Commands as they came, without their tags. */
  readonly commands: string[];
  stop(): Promise<void>;
}

export const startImap = async (): Promise<FakeImap> => {
  const server = createServer();
  const sockets = new Set<Socket>();
  const imap = { mails: new Map<number, string>(), validity: 1, commands: [] as string[] };
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    let rest = '';
    socket.on('data', (data) => {
      rest += data.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const [tag = '', ...words] = rest.slice(0, end).split(' ');
        rest = rest.slice(end + 2);
        imap.commands.push(words.join(' '));
        socket.write(answer(imap, tag, words.join(' ')));
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return Object.assign(imap, {
    url: `imap://reports%40example.org:secret@127.0.0.1:${port}/INBOX`,
    stop: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  });
};

const answer = ({ mails, validity }: Pick<FakeImap, 'mails' | 'validity'>, tag: string, line: string): string => {
  const [command = '', ...words] = line.split(' ');
  const verb = command.toUpperCase() === 'UID' ? `UID ${words[0]?.toUpperCase()}` : command.toUpperCase();
  const uids = [...mails.keys()].sort((one, other) => one - other);
  switch (verb) {
    case 'CAPABILITY':
      return `* CAPABILITY IMAP4rev1\r\n${tag} OK done\r\n`;
    case 'LOGIN':
      return line.includes('secret') ? `${tag} OK in\r\n` : `${tag} NO wrong\r\n`;
    case 'SELECT':
    case 'EXAMINE':
      return `* ${mails.size} EXISTS\r\n* FLAGS ()\r\n* OK [UIDVALIDITY ${validity}] ok\r\n* OK [UIDNEXT 99] ok\r\n${tag} OK [READ-ONLY] open\r\n`;
    case 'LIST':
      return `* LIST () "/" INBOX\r\n${tag} OK done\r\n`;
    case 'UID SEARCH':
      return `* SEARCH ${found(line, uids).join(' ')}\r\n${tag} OK done\r\n`;
    case 'UID FETCH':
      return `${asked(line)
        .map((uid) => fetched(uid, uids, mails))
        .join('')}${tag} OK done\r\n`;
    case 'LOGOUT':
      return `* BYE\r\n${tag} OK done\r\n`;
    default:
      return `${tag} OK done\r\n`;
  }
};

/** `n:*` answers the newest mail at least, as real servers do. */
const found = (line: string, uids: readonly number[]): readonly number[] => {
  const from = Number(/(\d+):\*/.exec(line)?.[1] ?? 1);
  const hits = uids.filter((uid) => uid >= from);
  return hits.length > 0 ? hits : uids.slice(-1);
};

const asked = (line: string): number[] =>
  (line.split(' ')[2] ?? '').split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split(':').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });

const fetched = (uid: number, uids: readonly number[], mails: ReadonlyMap<number, string>): string => {
  const raw = mails.get(uid);
  if (raw === undefined) return '';
  return `* ${uids.indexOf(uid) + 1} FETCH (UID ${uid} BODY[]<0> {${Buffer.byteLength(raw)}}\r\n${raw})\r\n`;
};
