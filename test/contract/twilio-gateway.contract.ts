import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSignedByTwilio } from '../../src/audience/domain/sms/webhook-signature.js';
import type { SmsDelivery } from '../../src/audience/domain/sms/sms-gateway.port.js';
import { TwilioGateway } from '../../src/audience/infrastructure/sms/twilio-gateway.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';

/** Every way a text can end, and what the books of the provider say of it. */
describe('texts to a Twilio-shaped provider', () => {
  let sandbox: TestSandbox;
  let http: PlatformHttp;
  let gateway: TwilioGateway;

  beforeAll(async () => {
    sandbox = await startSandbox();
    http = new PlatformHttp({ metadataTimeoutMs: 1_500 });
    gateway = new TwilioGateway(http, account());
  });
  afterAll(async () => {
    await http.close();
    await sandbox.stop();
  });
  afterEach(() => sandbox.clearFaults());

  const account = (change: Record<string, string> = {}) => ({
    apiUrl: sandbox.env['TWILIO_API_URL'] ?? '',
    accountSid: sandbox.env['TWILIO_ACCOUNT_SID'] ?? '',
    authToken: sandbox.env['TWILIO_AUTH_TOKEN'] ?? '',
    ...change,
  });
  let phones = 0;
  const newPhone = () => `+1415555${String((phones += 1)).padStart(4, '0')}`;
  const send = (to: string, by = gateway): Promise<SmsDelivery> =>
    by.send({ to, from: '+14155550100', body: 'Hello', receiptUrl: 'http://127.0.0.1:9/receipt' });
  const taken = async (to: string) =>
    (await sandbox.posts('sms')).filter(({ accountExternalId }) => accountExternalId === to).length;

  it('are accepted with the id that receipts will name', async () => {
    const phone = newPhone();
    const delivery = await send(phone);
    expect(delivery).toMatchObject({ kind: 'accepted', providerId: expect.stringMatching(/^SM\w{32}$/) });
    expect(await taken(phone)).toBe(1);
  });

  it.each([
    ['cap', 21610, { kind: 'refused', lasting: 'permanent', stage: 'message', hasStopped: true }],
    ['cap', 21614, { kind: 'refused', lasting: 'permanent', stage: 'message' }],
    ['cap', 21408, { kind: 'refused', lasting: 'permanent', stage: 'message' }],
    ['cap', 21606, { kind: 'refused', lasting: 'temporary', stage: 'route' }],
    ['rate', undefined, { kind: 'refused', lasting: 'temporary', stage: 'route', retryAfterMs: 3_000 }],
    ['error-before', 503, { kind: 'unknown' }],
    ['drop-before', undefined, { kind: 'unknown' }],
  ])('%s %s: what the words prove is what we believe', async (kind, code, expected) => {
    const phone = newPhone();
    await sandbox.addFault({ platform: 'sms', step: 'send', account: phone, kind, code, delayMs: 3_000 });
    expect(await send(phone)).toMatchObject(expected);
    expect(await taken(phone)).toBe(0);
  });

  it.each([
    ['drop-after', undefined],
    ['hang-after', undefined],
    ['error-after', 500],
    ['garbage', undefined],
  ])('%s: taken, and nobody can know it', async (kind, code) => {
    const phone = newPhone();
    await sandbox.addFault({ platform: 'sms', step: 'send', account: phone, kind, code, delayMs: 2_000 });
    expect((await send(phone)).kind).toBe('unknown');
    expect(await taken(phone)).toBe(1);
  });

  it('wait when our credentials are wrong or nobody listens, since a person can mend that', async () => {
    const wrong = new TwilioGateway(http, account({ authToken: 'other' }));
    const nobody = new TwilioGateway(http, account({ apiUrl: 'http://127.0.0.1:9' }));
    for (const by of [wrong, nobody])
      expect(await send(newPhone(), by)).toMatchObject({ kind: 'refused', lasting: 'temporary', stage: 'route' });
    expect(new TwilioGateway(http, account({ accountSid: '' })).isConfigured).toBe(false);
  });

  describe('and what it posts back', () => {
    const posted: { readonly url: string; readonly fields: Record<string, string>; readonly signature: string }[] = [];
    const hooks = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
        const signature = String(request.headers['x-twilio-signature']);
        posted.push({ url: `http://${request.headers.host}${request.url}`, fields, signature });
        response.end('<Response/>');
      });
    });
    let origin = '';

    beforeAll(async () => {
      await new Promise<void>((listening) => hooks.listen(0, '127.0.0.1', listening));
      origin = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}`;
      await sandbox.control('POST', 'settings', { smsInboundUrl: `${origin}/inbound` });
    });
    afterAll(() => new Promise((closed) => hooks.close(closed)));
    afterEach(() => void (posted.length = 0));

    const areSigned = () =>
      posted.every(({ url, fields, signature }) => isSignedByTwilio(account().authToken, signature, url, fields));
    const says = (from: string, text: string) =>
      sandbox.control<{ status: number }>('POST', 'texts', { from, to: '+14155550100', text });

    it('are receipts, signed for the address we gave, in order and with the carrier’s reason', async () => {
      const phone = newPhone();
      await sandbox.addFault({ platform: 'sms', account: phone, kind: 'fail', code: 30006 });
      await gateway.send({ to: phone, from: '+14155550100', body: 'Hi', receiptUrl: `${origin}/receipts/1?x=%20y` });
      await until(() => posted.length === 2, 'two receipts');
      expect(posted.map(({ fields }) => [fields['MessageStatus'], fields['ErrorCode']])).toEqual([
        ['sent', undefined],
        ['undelivered', '30006'],
      ]);
      expect(areSigned()).toBe(true);
      expect((await sandbox.posts('sms')).find((post) => post.accountExternalId === phone)?.liveAt).toBeNull();
    });

    it('is STOP, after which the provider itself refuses the pair until START', async () => {
      const phone = newPhone();
      expect((await says(phone, 'STOP')).status).toBe(200);
      expect(areSigned()).toBe(true);
      expect(await send(phone)).toMatchObject({ kind: 'refused', hasStopped: true });
      await says(phone, 'start');
      expect((await send(phone)).kind).toBe('accepted');
    });
  });
});
