import type { Ordered } from '../feeds/feeds-control.js';
import type { World } from '../world/world.js';
import { type HookAnswer, postForm } from './twilio-hooks.js';
import type { TwilioService } from './twilio-service.js';
import { SANDBOX_TWILIO } from './twilio-state.js';

const STOP_WORDS = ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout'];
const START_WORDS = ['start', 'yes', 'unstop'];

/**
 * A phone writes to a sender: `POST texts {from, to, text, messageSid?}`. As Twilio does by default, STOP closes the
 * pair for what we send next and START opens it. Answers what the app said; the same `messageSid` again is a replay.
 */
export const orderText = async (
  service: TwilioService,
  world: World,
  body: Readonly<Record<string, unknown>>,
): Promise<Ordered> => {
  const { from, to, text, messageSid = `SM${Buffer.from(world.ids.word(16)).toString('hex')}` } = body;
  if (![from, to, text, messageSid].every((part) => typeof part === 'string'))
    return { error: 'from, to and text must be strings' };
  const url = world.settings.smsInboundUrl;
  if (url === '') return { error: 'set smsInboundUrl first' };
  const [phone, sender, words, sid] = [from, to, text, messageSid] as readonly string[] as [
    string,
    string,
    string,
    string,
  ];
  const word = words.trim().toLowerCase();
  if (STOP_WORDS.includes(word)) service.state.close(sender, phone);
  if (START_WORDS.includes(word)) service.state.open(sender, phone);
  const { accountSid } = SANDBOX_TWILIO;
  const fields = { AccountSid: accountSid, MessageSid: sid, From: phone, To: sender, Body: words, NumMedia: '0' };
  const answer: HookAnswer = await postForm(url, fields);
  return { value: { ...answer, messageSid: sid } };
};
