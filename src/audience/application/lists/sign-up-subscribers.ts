import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { normaliseEmail } from '../../../kernel/email-address.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AddressKeys, tokenHash } from '../../domain/lists/address-keys.js';
import { ConfirmationQueue } from '../../domain/lists/confirmation-queue.port.js';
import type { Visitor } from '../../domain/lists/consent.js';
import { ConsentLedger } from '../../domain/lists/consent-ledger.port.js';
import {
  acceptsOf,
  consentLine,
  type DecidedSignUp,
  phoneLine,
  type PhoneWish,
  type SignUp,
} from '../../domain/lists/sign-up-request.js';
import {
  CONFIRM_LINK_LIFE_MS,
  CONFIRM_MAIL_WINDOW_MS,
  decideSignUp,
  type SignUpDecision,
} from '../../domain/lists/sign-up.js';
import type { Subscriber } from '../../domain/lists/subscriber.js';
import { type KnownAddress, Subscribers, type SubscriberWrite } from '../../domain/lists/subscribers.port.js';

/** What became of one sign-up; `duplicate`: the same address came earlier in this call. */
export interface SignUpVerdict {
  readonly decision: SignUpDecision | 'bad_email' | 'duplicate';
  readonly subscriber?: Subscriber;
}

interface Row extends DecidedSignUp {
  readonly hmac: Buffer;
  readonly email: string;
  readonly number: number;
}

const CHANGING: readonly SignUpDecision[] = ['ask', 'admit', 'declare'];
const UNSUBSCRIBE_TOKEN_BYTES = 18;

/** Puts people on the list, one or a thousand: the same rules, a handful of statements. */
@Injectable()
export class SignUpSubscribers {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly ledger: ConsentLedger,
    private readonly queue: ConfirmationQueue,
    private readonly keys: AddressKeys,
    private readonly clock: Clock,
  ) {}

  /** @returns a verdict per sign-up, in order; nothing is thrown for a single bad one */
  async execute(
    workspaceId: WorkspaceId,
    signUps: readonly SignUp[],
    visitor: Visitor,
    tx: Tx,
  ): Promise<SignUpVerdict[]> {
    const addresses = signUps.map(({ email }) => normaliseEmail(email));
    const rows = await this.decide(workspaceId, signUps, addresses, tx);
    const changing = [...rows.values()].filter(({ decision }) => CHANGING.includes(decision));
    const saved = await this.store(workspaceId, changing, visitor, tx);
    const seen = new Set<string>();
    return addresses.map((email) => {
      const row = email === undefined ? undefined : rows.get(email);
      if (!row) return { decision: 'bad_email' };
      if (seen.has(row.email)) return { decision: 'duplicate' };
      seen.add(row.email);
      const subscriber = saved.get(hex(row.hmac));
      if (subscriber) return { decision: row.decision, subscriber };
      return { decision: changing.includes(row) ? 'exists' : row.decision };
    });
  }

  private async decide(
    workspaceId: WorkspaceId,
    signUps: readonly SignUp[],
    addresses: readonly (string | undefined)[],
    tx: Tx,
  ): Promise<Map<string, Row>> {
    const first = new Map<string, SignUp>();
    signUps.forEach((signUp, index) => {
      const email = addresses[index];
      if (email !== undefined && !first.has(email)) first.set(email, signUp);
    });
    const hmacs = [...first.keys()].map((email) => this.keys.hmacOf(workspaceId, email));
    const known = new Map(
      (await this.subscribers.known(workspaceId, hmacs, CONFIRM_MAIL_WINDOW_MS, tx)).map((row) => [
        hex(row.emailHmac),
        row,
      ]),
    );
    return new Map(
      [...first].map(([email, signUp], index) => {
        const hmac = hmacs[index] ?? Buffer.alloc(0);
        return [email, rowOf(signUp, email, hmac, known.get(hex(hmac)))];
      }),
    );
  }

  private async store(
    workspaceId: WorkspaceId,
    rows: readonly Row[],
    visitor: Visitor,
    tx: Tx,
  ): Promise<Map<string, Subscriber>> {
    if (rows.length === 0) return new Map();
    const writes = rows.map((row) => this.writeOf(workspaceId, row));
    const saved = new Map(
      (await this.subscribers.save(workspaceId, writes, tx)).map((one) => [hex(one.emailHmac), one]),
    );
    const stored = rows.flatMap((row) => {
      const subscriber = saved.get(hex(row.hmac));
      return subscriber ? [{ row, subscriber }] : [];
    });
    const at = this.clock.now();
    const lines = stored.map(({ row, subscriber }) => ({ ...consentLine(row, subscriber.id, at), ...visitor }));
    await this.ledger.append(workspaceId, lines, tx);
    const phoneLines = stored.flatMap(({ row, subscriber }) => phoneLine(row, subscriber.id, at));
    await this.ledger.append(
      workspaceId,
      phoneLines.map((line) => ({ ...line, ...visitor })),
      tx,
    );
    const asked = stored.filter(({ row }) => row.decision === 'ask');
    const jobs = asked.map(({ row, subscriber }) => ({ workspaceId, subscriberId: subscriber.id, number: row.number }));
    await this.queue.enqueue(jobs, tx);
    return saved;
  }

  private writeOf(workspaceId: WorkspaceId, { signUp, email, hmac, decision, number }: Row): SubscriberWrite {
    const { zone, language, tags, attributes, phone } = signUp;
    const tokenOf = () => tokenHash(this.keys.confirmToken(workspaceId, hmac, number));
    return {
      email,
      emailHmac: hmac,
      status: decision === 'admit' ? 'confirmed' : 'pending',
      ...(zone === undefined ? {} : { zone }),
      ...(language === undefined ? {} : { language }),
      ...(tags === undefined ? {} : { tags }),
      ...(attributes === undefined ? {} : { attributes }),
      accepts: acceptsOf(signUp),
      ...(phone === undefined ? {} : { phone: this.phoneOf(workspaceId, phone) }),
      ...(decision === 'ask' ? { confirm: { tokenHash: tokenOf(), lifeMs: CONFIRM_LINK_LIFE_MS, number } } : {}),
      unsubscribeToken: randomBytes(UNSUBSCRIBE_TOKEN_BYTES).toString('base64url'),
    };
  }

  private phoneOf(workspaceId: WorkspaceId, { number, consent, isConfirmed }: PhoneWish) {
    const status = isConfirmed ? ('confirmed' as const) : ('pending' as const);
    return { number, hmac: this.keys.hmacOf(workspaceId, number), status: consent === undefined ? null : status };
  }
}

const hex = (hmac: Buffer): string => hmac.toString('hex');

const rowOf = (signUp: SignUp, email: string, hmac: Buffer, known: KnownAddress | undefined): Row => ({
  signUp,
  email,
  hmac,
  number: (known?.confirmSentCount ?? 0) + 1,
  decision: decideSignUp({
    ...(known?.status ? { status: known.status } : {}),
    ...(known?.suppression ? { suppression: known.suppression } : {}),
    recentRequests: known?.recentRequests ?? 0,
    alreadyConfirmed: signUp.alreadyConfirmed === true,
    isAsked: signUp.isAsked !== false,
  }),
});
