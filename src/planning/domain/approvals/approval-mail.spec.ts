import { describe, expect, it } from '@jest/globals';
import { approvalMail, type ApprovalMailDue, type ApprovalMailLine } from './approval-mail.js';

const LINE: ApprovalMailLine = {
  kind: 'requested',
  caption: 'Tea in a minute',
  accounts: 3,
  scheduledAt: '2026-12-01T17:30:00.000Z',
  zone: 'Europe/Paris',
  by: 'Olga',
  comment: null,
};
const DUE: ApprovalMailDue = {
  id: 'm1',
  about: 'requests',
  to: 'ada@example.com',
  workspaceName: 'Tea',
  lines: [LINE],
  lineCount: 1,
  tries: 1,
};
const mailOf = (more: Partial<ApprovalMailDue> = {}) =>
  approvalMail({ ...DUE, ...more }, { publicUrl: 'https://app.example.com', from: 'Perennial <news@example.com>' });

describe('the mail about approvals', () => {
  it('says what waits, for when on the clocks it was planned by, and by whom', () => {
    const { subject, text, messageId } = mailOf();
    expect(subject).toBe('One post waits for your approval');
    expect(text).toContain('* Tea in a minute\n  2026-12-01 18:30 (Europe/Paris), 3 accounts\n  Sent by Olga.');
    expect(text).toContain('https://app.example.com');
    expect(messageId).toBe('<approval.m1@app.example.com>');
  });

  it('tells the author the verdict with its reason', () => {
    const line = { ...LINE, kind: 'rejected', comment: 'Too loud' } as const;
    const { subject, text } = mailOf({ about: 'verdicts', lines: [line] });
    expect(subject).toBe('Rejected: Tea in a minute');
    expect(text).toContain('Rejected by Olga; it stays held until it is changed or cancelled.\n  "Too loud"');
  });

  it('shows some of many, and how many more there are', () => {
    const { subject, text } = mailOf({ lines: Array.from({ length: 20 }, () => LINE), lineCount: 214 });
    expect(subject).toBe('214 posts wait for your approval');
    expect(text).toContain('... and 194 more.');
  });

  it('lets no caption, name or comment end a header or forge a line', () => {
    const line = { ...LINE, kind: 'given', caption: 'Tea\r\nBcc: all@example.com', by: 'O\n\n* Forged' } as const;
    const { subject, text } = mailOf({ about: 'verdicts', lines: [line], workspaceName: 'T\r\nX' });
    expect(subject).toBe('Approved: Tea Bcc: all@example.com');
    expect(text.split('\n').filter((one) => one.startsWith('* '))).toHaveLength(1);
  });
});
