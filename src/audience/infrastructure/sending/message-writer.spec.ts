import { describe, expect, it } from '@jest/globals';
import { mailIdentity } from '../../domain/sending/mail-identity.js';
import type { MessageOrder, Reader } from '../../domain/sending/message-builder.port.js';
import { MessageWriter } from './message-writer.js';

const reader = (email: string, attributes: Reader['subscriber']['attributes'] = {}): Reader => ({
  subscriber: { email, language: null, zone: null, tags: [], attributes },
  messageId: `<${email}>`,
  unsubscribeToken: 'tok',
});
const order = (content: Partial<MessageOrder['broadcast']>, readers: readonly Reader[]): MessageOrder => ({
  broadcast: {
    id: 'b',
    workspaceId: 'w',
    kind: 'news',
    version: 1,
    subject: 'News',
    bodyText: 'Hi',
    bodyHtml: null,
    ...content,
  },
  isAutomatic: false,
  scene: { workspace: { name: 'Studio' }, links: [] } as unknown as MessageOrder['scene'],
  identity: mailIdentity('Studio <news@example.org>', 'https://mail.example.org'),
  at: new Date('2026-11-21T12:00:00Z'),
  readers,
});
const write = (content: Partial<MessageOrder['broadcast']>, ...readers: Reader[]) =>
  new MessageWriter().write(order(content, readers.length > 0 ? readers : [reader('a@example.org')]));
const codes = (built: ReturnType<typeof write>) => built.map((one) => ('raw' in one ? 'written' : one.code));

describe('MessageWriter', () => {
  it('writes each reader their own', () => {
    const built = write({ bodyText: 'Dear {{ subscriber.email }}' }, reader('a@example.org'), reader('b@example.org'));
    const texts = built.map((one) => ('raw' in one ? Buffer.from(one.raw).toString() : ''));
    expect(texts[0]).toMatch(/^To: a@example\.org\r$/m);
    expect(texts[1]).toContain('Dear b@example.org');
    expect(texts[0]).toMatch(/^Date: Sat, 21 Nov 2026 12:00:00 \+0000\r$/m);
  });

  it('fails for one person alone where only that one lacks a value', () => {
    const [ana, ben] = [reader('a@example.org', { name: 'Ana' }), reader('b@example.org')];
    expect(codes(write({ bodyText: '{{ subscriber.attributes.name }}' }, ana, ben))).toEqual([
      'written',
      'template.missing_variable',
    ]);
  });

  it.each([
    ['{% for n in (1..100000000) %}x{% endfor %}', 'template.failed'],
    ['{{ subscriber.constructor }}', 'template.missing_variable'],
    ['{{ subscriber.__proto__.polluted }}', 'template.missing_variable'],
    ['{% include "/etc/passwd" %}', 'template.failed'],
    ['{% if %', 'template.syntax'],
  ])('refuses %s as %s', (bodyText, code) => {
    expect(codes(write({ bodyText }))).toEqual([code]);
  });

  it('lets no reader put a header into the message', () => {
    const evil = reader('a@example.org', { name: 'x\r\nBcc: all@example.org' });
    expect(codes(write({ subject: 'Hi {{ subscriber.attributes.name }}' }, evil))).toEqual(['template.header_break']);
  });

  it('parses the new content of an edited draft', () => {
    const writer = new MessageWriter();
    writer.write(order({ bodyText: 'old' }, [reader('a@example.org')]));
    const [built] = writer.write(order({ bodyText: 'new', version: 2 }, [reader('a@example.org')]));
    expect(built && 'raw' in built && Buffer.from(built.raw).toString()).toContain('new');
  });
});
