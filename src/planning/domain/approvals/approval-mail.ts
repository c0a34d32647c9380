import type { ApprovalNewsKind } from './approval-news.js';

/** Lines that a mail shows; how many more there are is told. */
export const MAX_LINES = 20;

/** One post in a mail. */
export interface ApprovalMailLine {
  readonly kind: ApprovalNewsKind;
  /** The beginning of the caption. */
  readonly caption: string;
  /** How many accounts it is about. */
  readonly accounts: number;
  /** The earliest of its times, ISO. */
  readonly scheduledAt: string;
  /** IANA zone that it was planned in. */
  readonly zone: string;
  /** Who asked or said it, as people are called. */
  readonly by: string;
  readonly comment: string | null;
}

/** A mail that is due. */
export interface ApprovalMailDue {
  readonly id: string;
  readonly about: 'requests' | 'verdicts';
  readonly to: string;
  readonly workspaceName: string;
  readonly lines: readonly ApprovalMailLine[];
  /** All of them, also those that are not shown. */
  readonly lineCount: number;
  /** How often it was tried, this time included. */
  readonly tries: number;
}

export type ApprovalMail = ReturnType<typeof approvalMail>;

/** The mail about approvals that one member gets. @param settings `publicUrl`: where the outside reaches us */
export const approvalMail = (
  due: ApprovalMailDue,
  { publicUrl, from }: { readonly publicUrl: string; readonly from: string },
) => ({
  from,
  to: due.to,
  subject: subjectOf(due),
  text: [
    due.about === 'requests'
      ? `These wait for your approval in the workspace "${oneLine(due.workspaceName)}":`
      : `This became of what you sent for approval in the workspace "${oneLine(due.workspaceName)}":`,
    ...due.lines.slice(0, MAX_LINES).map(textOf),
    ...(due.lineCount > MAX_LINES ? [`... and ${due.lineCount - MAX_LINES} more.`] : []),
    `Look at them in Perennial: ${publicUrl}\n`,
  ].join('\n\n'),
  messageId: `<approval.${due.id}@${new URL(publicUrl).hostname}>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
});

const subjectOf = ({ about, lines: [first], lineCount }: ApprovalMailDue): string => {
  if (about === 'requests')
    return `${lineCount === 1 ? 'One post waits' : `${lineCount} posts wait`} for your approval`;
  if (lineCount > 1 || !first) return `News about ${lineCount} posts that you sent for approval`;
  return `${SUBJECT_OF[first.kind]}: ${oneLine(first.caption).slice(0, 60)}`;
};

const SUBJECT_OF: Readonly<Record<ApprovalNewsKind, string>> = {
  requested: 'Waits for approval',
  given: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Approval taken back',
  expired: 'Missed without an approval',
};

const SAID: Readonly<Record<ApprovalNewsKind, (by: string) => string>> = {
  requested: (by) => `Sent by ${by}`,
  given: (by) => `Approved by ${by}; it goes out at its time`,
  rejected: (by) => `Rejected by ${by}; it stays held until it is changed or cancelled`,
  withdrawn: (by) => `Approval taken back by ${by}; it is held again`,
  expired: () => 'Nobody approved it in time; it was missed',
};

const textOf = ({ kind, caption, accounts, scheduledAt, zone, by, comment }: ApprovalMailLine): string =>
  [
    `* ${oneLine(caption) || '(no caption)'}`,
    `  ${timeIn(zone, new Date(scheduledAt))}, ${accounts === 1 ? 'one account' : `${accounts} accounts`}`,
    `  ${SAID[kind](oneLine(by))}.`,
    ...(comment === null ? [] : [`  "${oneLine(comment)}"`]),
  ].join('\n');

const timeIn = (timeZone: string, at: Date): string =>
  `${at.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })} (${timeZone})`;

/** Line breaks and other control characters become spaces: they would end a header, or forge a line. */
const oneLine = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300);
