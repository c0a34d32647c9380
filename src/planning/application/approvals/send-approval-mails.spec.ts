import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ApprovalMailDue } from '../../domain/approvals/approval-mail.js';
import { ApprovalMailer, type ApprovalMailOutcome, ApprovalMails } from '../../domain/approvals/approval-mails.port.js';
import { SendApprovalMails } from './send-approval-mails.js';

Logger.overrideLogger(false);

const due = (tries: number): ApprovalMailDue => ({
  ...{ id: `m${tries}`, about: 'requests', to: 'ada@example.com', workspaceName: 'Tea', tries },
  lines: [
    {
      kind: 'requested',
      caption: 'Tea',
      accounts: 1,
      scheduledAt: '2026-12-01T10:00:00Z',
      zone: 'UTC',
      by: 'Olga',
      comment: null,
    },
  ],
  lineCount: 1,
});

class KeptMails extends ApprovalMails {
  readonly ended: string[] = [];
  readonly waits: number[] = [];

  constructor(private open: readonly ApprovalMailDue[]) {
    super();
  }

  override gather(): Promise<void> {
    return Promise.resolve();
  }
  override claim(): Promise<readonly ApprovalMailDue[]> {
    const taken = this.open;
    this.open = [];
    return Promise.resolve(taken);
  }
  override end(_: string, { state }: { readonly state: string }): Promise<void> {
    this.ended.push(state);
    return Promise.resolve();
  }
  override again(_: string, inMs: number): Promise<void> {
    this.waits.push(inMs);
    return Promise.resolve();
  }
  override purge(): Promise<number> {
    return Promise.resolve(0);
  }
}

class AnsweringMailer extends ApprovalMailer {
  override readonly isConfigured = true;
  constructor(private readonly outcome: ApprovalMailOutcome) {
    super();
  }
  override send(): Promise<ApprovalMailOutcome> {
    return Promise.resolve(this.outcome);
  }
}

const afterwards = async (tries: number, outcome: ApprovalMailOutcome) => {
  const mails = new KeptMails([due(tries)]);
  const settings = { publicUrl: () => 'https://app.example.com', from: 'news@example.com' };
  await new SendApprovalMails(mails, new AnsweringMailer(outcome), settings).runOnce();
  return { ended: mails.ended, waits: mails.waits };
};
const refused = (lasting: 'temporary' | 'permanent'): ApprovalMailOutcome => ({
  kind: 'refused',
  lasting,
  reply: 'no',
});

describe('a mail about approvals', () => {
  it('that was taken, or may have been, is not sent again', async () => {
    expect(await afterwards(1, { kind: 'accepted', reply: 'ok' })).toEqual({ ended: ['sent'], waits: [] });
    expect(await afterwards(1, { kind: 'unknown', detail: 'cut' })).toEqual({ ended: ['unknown'], waits: [] });
  });

  it('that was refused for now waits longer each time, half an hour at most, twelve times', async () => {
    const waits = await Promise.all(
      [1, 2, 3, 9].map(async (tries) => (await afterwards(tries, refused('temporary'))).waits[0]),
    );
    expect(waits).toEqual([30_000, 60_000, 120_000, 1_800_000]);
    expect(await afterwards(12, refused('temporary'))).toEqual({ ended: ['failed'], waits: [] });
  });

  it('that was refused for good ends', async () => {
    expect(await afterwards(1, refused('permanent'))).toEqual({ ended: ['failed'], waits: [] });
  });
});
