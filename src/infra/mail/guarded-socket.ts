import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { mayConnect, type FetchPolicy } from '../fetch/public-address.js';
import { AddressRefused, guardedLookup } from '../fetch/guarded-dispatcher.js';

type Opened = (error: Error | null, options?: { readonly connection: Socket }) => void;

/**
 * Opens a mail server's connections for nodemailer's `getSocket`, for hosts that users name: every address the name
 * leads to must be public, and the checked address is the one that is dialled.
 */
export const guardedSocket = (
  { host, port }: { readonly host: string; readonly port: number },
  policy: FetchPolicy,
  timeoutMs: number,
): ((options: unknown, opened: Opened) => void) => {
  const lookup: LookupFunction = guardedLookup(policy);
  return (_options, opened) => {
    if (isIP(host) !== 0 && !mayConnect(host, policy)) {
      setImmediate(() => opened(new AddressRefused(`${host} is not a public address`)));
      return;
    }
    const socket = connect({ host, port, lookup });
    const fail = (error: Error): void => {
      socket.destroy();
      opened(error);
    };
    socket.setTimeout(timeoutMs, () => fail(new Error(`${host}:${port} did not answer in time`)));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      socket.removeListener('error', fail);
      opened(null, { connection: socket });
    });
  };
};
