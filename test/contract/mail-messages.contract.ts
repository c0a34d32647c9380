import { generateKeyPairSync } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { mailIdentity } from '../../src/audience/domain/sending/mail-identity.js';
import { type MessageBuilder, type MessageOrder } from '../../src/audience/domain/sending/message-builder.port.js';
import { ThreadMessageBuilder } from '../../src/audience/infrastructure/sending/thread-message-builder.js';
import { InlineMessageBuilder } from '../support/inline-message-builder.js';
import { countSigned } from '../support/signatures.js';

const SCRIPT = pathToFileURL('dist/audience/infrastructure/sending/message-thread.js');
const LIMITS = { taskMs: 20_000, idleMs: 30_000, heapMb: 256 };
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const published = {
  name: 'perennial._domainkey.studio.example',
  record: `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
};
const order = (change: Partial<MessageOrder['broadcast']> = {}, names: readonly string[] = ['Ana']): MessageOrder => ({
  broadcast: {
    id: 'b1',
    workspaceId: 'w1',
    kind: 'blackout',
    version: 1,
    subject: 'Grüße 🎬, {{ subscriber.attributes.name }}',
    bodyText: 'Zwölf  Boxkämpfer: {{ subscriber.attributes.name }}\n\n\nhttps://video.example/1   \nEnde',
    bodyHtml: `<p style="color:#333">Für {{ subscriber.attributes.name }} ${'und mehr '.repeat(120)}</p>`,
    ...change,
  },
  isAutomatic: true,
  scene: { workspace: { name: 'Studio' }, links: [], pageUrl: 'https://mail.studio.example/p' },
  identity: mailIdentity('Jürgen, Studio <news@studio.example>', 'https://mail.studio.example'),
  dkim: {
    domain: 'studio.example',
    selector: 'perennial',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  },
  at: new Date('2026-11-21T12:00:00Z'),
  readers: names.map((name) => ({
    subscriber: { email: `${name}@example.net`, language: null, zone: null, tags: [], attributes: { name } },
    messageId: `<${name}.b1@studio.example>`,
    unsubscribeToken: 'tok'.repeat(8),
  })),
});
const rawOf = async (builder: MessageBuilder, asked: MessageOrder): Promise<string[]> =>
  (await builder.build(asked)).map((built) =>
    'raw' in built ? Buffer.from(built.raw).toString('latin1') : built.fault,
  );

const thread = new ThreadMessageBuilder(LIMITS, SCRIPT);
afterAll(() => thread.onApplicationShutdown());

describe.each([
  ['on a thread of its own', thread],
  ['on the same thread', new InlineMessageBuilder()],
])('messages written %s', (_where, builder: MessageBuilder) => {
  it('carry a signature over the sender and both unsubscribe headers that an independent reader accepts', async () => {
    const plain = order({ bodyHtml: null, bodyText: 'Only ASCII.\n\n.\n..\nFrom here  on\t\n', version: 2 });
    const cyrillic = order({ bodyText: 'Здравствуйте, сегодня видео здесь.', version: 3 });
    const messages = (await Promise.all([order(), plain, cyrillic].map((asked) => rawOf(builder, asked)))).flat();
    expect(await countSigned(messages, published)).toBe(3);
    const forged = messages.map((message) => message.replace('List-Unsubscribe-Post', 'X-Unsubscribe-Post'));
    expect(await countSigned(forged, published)).toBe(0);
  });

  it('say in every part what was written', async () => {
    const [raw = ''] = await rawOf(builder, order());
    const mail = await simpleParser(Buffer.from(raw, 'latin1'));
    expect(mail.subject).toBe('Grüße 🎬, Ana');
    expect(mail.from?.text).toBe('"Jürgen, Studio" <news@studio.example>');
    expect(mail.messageId).toBe('<Ana.b1@studio.example>');
    expect(mail.text).toMatch(
      /^Zwölf {2}Boxkämpfer: Ana\n\n\nhttps:\/\/video\.example\/1 {3}\nEnde\n\n--\nUnsubscribe: /,
    );
    expect(mail.html).toContain(`Für Ana ${'und mehr '.repeat(120)}`);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(raw.split('\r\n').every((line) => line.length <= 998)).toBe(true);
    expect(raw.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  });

  it('go to whoever has what the template names, and only to them', async () => {
    const built = await builder.build(order({ bodyText: '{{ subscriber.attributes.nick }}', version: 4 }));
    expect(built).toMatchObject([{ code: 'template.missing_variable', field: 'bodyText' }]);
  });

  it('are made of MJML, which reads no file of ours', async () => {
    const body = '<mj-text>Hi {{ subscriber.email }}</mj-text><mj-include path="/etc/passwd" />';
    const mjml = `<mjml><mj-body><mj-section><mj-column>${body}</mj-column></mj-section></mj-body></mjml>`;
    const html = await builder.htmlOf(mjml);
    expect(html).toContain('Hi {{ subscriber.email }}');
    expect(html).not.toContain('root:');
    await expect(builder.htmlOf('<mjml><mj-body><mj-nothing /></mj-body></mjml>')).rejects.toMatchObject({
      code: 'template.mjml',
    });
  });
});

describe('ThreadMessageBuilder', () => {
  it('gives up what its thread died of, and has the rest done by another one', async () => {
    const script = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ id, order }) => {
        if (order.broadcast.id === 'deadly') throw new Error('dead');
        parentPort.postMessage({ id, built: [{ raw: Buffer.from(order.broadcast.id) }] });
      });`;
    const builder = new ThreadMessageBuilder(LIMITS, new URL(`data:text/javascript,${encodeURIComponent(script)}`));
    const built = await Promise.all(['a', 'deadly', 'b', 'c'].map((id) => rawOf(builder, order({ id }))));
    expect(built.flat()).toEqual(['a', expect.stringContaining('template.too_slow'), 'b', 'c']);
    await builder.onApplicationShutdown();
  });

  it('gives up what takes its thread too long', async () => {
    const impatient = new ThreadMessageBuilder({ ...LIMITS, taskMs: 1 }, SCRIPT);
    const [first] = await impatient.build(order());
    expect(first).toMatchObject({ code: 'template.too_slow' });
    await impatient.onApplicationShutdown();
  });
});
