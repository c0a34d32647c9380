import { describe, expect, it } from '@jest/globals';
import type { Tx } from '../../../kernel/transaction.js';
import { AUTOMATIC_APPROVER, type Broadcast } from '../../domain/sending/broadcast.js';
import type { Approvals } from '../../domain/sending/approvals.port.js';
import { SendApproval } from './send-approval.js';

const broadcast = {
  kind: 'news',
  tags: [],
  segmentId: null,
  subject: 's',
  bodyText: 't',
  bodyHtml: null,
} as unknown as Broadcast;
const approvalBy = (...actors: string[]) =>
  new SendApproval({ of: async () => actors } as unknown as Approvals, { confirmFrom: 1_000, twoActorsFrom: 10_000 });
const codeOf = (approval: SendApproval, actor: string, recipients: number, confirmed?: number) =>
  approval.assert(broadcast, { actor, recipients, confirmed }, {} as Tx).then(
    () => 'may',
    (error: { code: string }) => error.code,
  );

describe('SendApproval', () => {
  it.each([
    [999, undefined, 'may'],
    [1_000, undefined, 'broadcast.confirm_recipients'],
    [1_000, 400, 'broadcast.confirm_recipients'],
    [1_000, 960, 'may'],
  ])('to %d people with %s confirmed: %s', async (recipients, confirmed, code) => {
    expect(await codeOf(approvalBy(), 'ana', recipients, confirmed)).toBe(code);
  });

  it('wants a second person for very many', async () => {
    expect(await codeOf(approvalBy(), 'ana', 10_000, 10_000)).toBe('broadcast.second_approval_needed');
    expect(await codeOf(approvalBy('ana'), 'ana', 10_000, 10_000)).toBe('broadcast.second_approval_needed');
    expect(await codeOf(approvalBy('ana', 'ben'), 'ana', 10_000, 10_000)).toBe('may');
  });

  it('lets a notice go out by the rule that was set for it', async () => {
    expect(await codeOf(approvalBy(), AUTOMATIC_APPROVER, 1_000_000)).toBe('may');
  });
});
