import { DomainError } from '../../kernel/domain-error.js';

/**
 * A place in the outbox's order. Everything up to it is past, and nothing can ever be written before it.
 * Both are decimal numbers of up to 64 bits as text: JavaScript's numbers would lose digits.
 */
export interface EventPosition {
  readonly xid: string;
  readonly id: string;
}

const MAX_XID = 2n ** 64n - 1n;
const MAX_ID = 2n ** 63n - 1n;

/** The public id of an event and of a place between events; followers must not read anything into it. */
export const encodePosition = ({ xid, id }: EventPosition): string => `${xid}-${id}`;

/** @throws DomainError `event.bad_position` */
export const decodePosition = (text: string): EventPosition => {
  const match = /^(\d{1,20})-(\d{1,19})$/.exec(text.trim());
  const [, xid = '', id = ''] = match ?? [];
  if (!match || BigInt(xid) > MAX_XID || BigInt(id) > MAX_ID)
    throw new DomainError(
      'invalid',
      'event.bad_position',
      'This is not the id of an event. Send the last id you got (Last-Event-ID or ?after=), or none to start now.',
    );
  return { xid, id };
};

/** True when `one` lies behind `other`. */
export const isAfter = (one: EventPosition, other: EventPosition): boolean => {
  const [a, b] = [BigInt(one.xid), BigInt(other.xid)];
  return a > b || (a === b && BigInt(one.id) > BigInt(other.id));
};
