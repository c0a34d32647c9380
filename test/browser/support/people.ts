import { createHmac } from 'node:crypto';
import { until } from '../../support/app.js';
import { type BrowserStage, PASSWORD, type Studio } from './stage.js';

/** The link of the newest mail to somebody. */
export const mailedLink = async ({ sink }: BrowserStage, to: string, path: string): Promise<string> => {
  const link = new RegExp(`http://127\\.0\\.0\\.1:\\d+${path}[#?/][\\w.~=&-]+`);
  const mails = () =>
    sink.mails.filter((mail) => mail.to === to).map(({ raw }) => raw.replaceAll('=\r\n', '').replaceAll('=3D', '='));
  return until(() => link.exec(mails().at(-1) ?? '')?.[0], `a link to ${path} for ${to}`);
};

/** One more member of a studio, who has accepted the invitation. */
export const inviteMember = async (
  stage: BrowserStage,
  { api }: Studio,
  member: { readonly email: string; readonly role: string },
): Promise<Studio> => {
  await api.ok('POST', '/v1/invites', member);
  const token = (await mailedLink(stage, member.email, '/join')).split('#')[1] ?? '';
  await api.with(undefined).ok('POST', '/v1/public/invites/accept', { token, name: member.role, password: PASSWORD });
  return { api, email: member.email };
};

const STEP_S = 30;
const DIGITS = 6;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator shows now (RFC 6238, HMAC-SHA-1, 30 s). @param secret in base32 */
export const codeOf = (secret: string): string => {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1_000 / STEP_S)));
  const mac = createHmac('sha1', key).update(step).digest();
  const at = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7f_ff_ff_ff) % 10 ** DIGITS).padStart(DIGITS, '0');
};
