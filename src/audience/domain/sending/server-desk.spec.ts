import { describe, expect, it } from '@jest/globals';
import type { MailDelivery } from './mailer.port.js';
import type { MailServer } from './mail-server.js';
import { ServerDesk } from './server-desk.js';

const server = (id: string, change: Partial<MailServer> = {}): MailServer => ({
  id,
  workspaceId: null,
  name: `${id}:25`,
  priority: 1,
  connections: 2,
  perSecond: null,
  warmUp: null,
  version: 1,
  ...change,
});
const REST = 30_000;
const accepted: MailDelivery = { kind: 'accepted', reply: '250', server: 'a' };
const down: MailDelivery = { kind: 'refused', lasting: 'temporary', stage: 'route', reply: 'no answer' };
const slowDown: MailDelivery = {
  kind: 'refused',
  lasting: 'temporary',
  stage: 'message',
  code: 421,
  reply: '421 4.7.28 slow down',
};

const chosen = (desk: ServerDesk, servers: readonly MailServer[], now: number, domain = 'gmail') => {
  const place = desk.choose(servers, domain, now);
  return 'server' in place ? place.server.id : place;
};

describe('ServerDesk', () => {
  const [a, b] = [server('a'), server('b', { priority: 2 })];

  it('takes the first by priority, the next when it is busy, and waits when all are', () => {
    const desk = new ServerDesk(REST);
    const order: unknown[] = [];
    for (let message = 0; message < 5; message += 1) {
      order.push(chosen(desk, [b, a], 0));
      const place = desk.choose([b, a], 'gmail', 0);
      if ('server' in place) desk.begin(place.server, 'gmail', 0);
    }
    expect(order).toEqual(['a', 'a', 'b', 'b', { waitMs: 20, isClosed: false }]);
  });

  it('shares the load among servers of one priority', () => {
    const desk = new ServerDesk(REST);
    desk.begin(a, 'gmail', 0);
    expect(chosen(desk, [a, server('c')], 0)).toBe('c');
  });

  it('rests a server in trouble, longer each time, and lets one message prove it', () => {
    const desk = new ServerDesk(REST);
    for (let message = 0; message < 4; message += 1) desk.begin(a, 'gmail', 0);
    for (const now of [0, 0]) desk.end(a, 'gmail', down, now);
    expect(desk.isOpen([a], 0)).toBe(true);
    for (const now of [0, 1]) desk.end(a, 'gmail', down, now);
    expect(chosen(desk, [a, b], 2)).toBe('b');
    expect(desk.isOpen([a], 2)).toBe(false);
    expect(chosen(desk, [a], 2)).toEqual({ waitMs: REST - 2, isClosed: true });
    desk.begin(a, 'gmail', REST);
    expect(chosen(desk, [a], REST)).toMatchObject({ isClosed: false });
    desk.end(a, 'gmail', down, REST);
    expect(chosen(desk, [a], REST + 1)).toEqual({ waitMs: 2 * REST - 1, isClosed: true });
    desk.begin(a, 'gmail', 3 * REST);
    desk.end(a, 'gmail', accepted, 3 * REST);
    desk.begin(a, 'gmail', 3 * REST);
    expect(chosen(desk, [a], 3 * REST)).toBe('a');
  });

  it('slows down for one receiver and not for the others', () => {
    const desk = new ServerDesk(REST);
    desk.begin(a, 'gmail', 0);
    desk.end(a, 'gmail', slowDown, 0);
    expect(chosen(desk, [a], 0)).toMatchObject({ isClosed: false, waitMs: expect.any(Number) });
    expect(chosen(desk, [a], 0, 'example.org')).toBe('a');
    expect(chosen(desk, [a, b], 0)).toBe('b');
  });

  it('sends no more by a warming server than it was allowed', () => {
    const desk = new ServerDesk(REST);
    const warming = server('w', { warmUp: { from: '2026-11-21', first: 50, factor: 2, until: 1_000 } });
    expect(desk.isOpen([warming], 0)).toBe(false);
    desk.grant(warming, 1);
    expect(chosen(desk, [warming], 0)).toBe('w');
    desk.begin(warming, 'gmail', 0);
    expect(chosen(desk, [warming], 0)).toEqual({ waitMs: Infinity, isClosed: true });
    desk.withdraw(warming);
    expect(chosen(desk, [warming], 0)).toBe('w');
    desk.grant(warming, 2);
    expect(desk.revoke(warming)).toBe(3);
    expect(desk.isOpen([warming], 0)).toBe(false);
  });
});
