import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SmsDelivery } from '../../src/audience/domain/sms/sms-gateway.port.js';
import { TwilioGateway } from '../../src/audience/infrastructure/sms/twilio-gateway.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';

/** Every way a text can end, and what the books of the provider say of it. */
describe('texts to a Twilio-shaped provider', () => {
  let sandbox: TestSandbox;
  let http: PlatformHttp;
  let gateway: TwilioGateway;

  beforeAll(async () => {
    sandbox = await startSandbox();
    http = new PlatformHttp({ metadataTimeoutMs: 500 });
    gateway = new TwilioGateway(http, account());
  }, 30_000);
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
    expect(delivery).toMatchObject({ kind: 'accepted', providerId: expect.stringMatching(/^SM\w{32}$/) as string });
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
});
