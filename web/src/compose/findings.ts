import type { Problem } from '../api/problem.ts';
import type { ValidationDto } from '../api/generated/types.gen.ts';

/** One thing that the server says of the draft. */
export interface Finding {
  /** Place of the account among the chosen ones; undefined: the post as a whole. */
  readonly target?: number;
  /** The field within: `caption`, `media`, `options.privacyLevel`, `scheduledAt`; empty: all of it. */
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly isWarning: boolean;
}

const AT_TARGET = /^targets\.(\d+)(?:\.(.+))?$/;
/** Clocks skip this time: it would go out at another one than was typed. */
const REFUSED_WARNINGS = ['schedule.gap'];

const findingOf = ({ field, code, message }: { field: string; code: string; message: string }, isWarning: boolean) => {
  const [, target, rest = ''] = AT_TARGET.exec(field) ?? [];
  return { code, message, isWarning, ...(target === undefined ? { field } : { field: rest, target: Number(target) }) };
};

/** What stands in the way, and what one may want to know. A time that clocks skip stands in the way. */
export const findingsOf = ({ violations, warnings }: Pick<ValidationDto, 'violations' | 'warnings'>): Finding[] => [
  ...violations.map((violation) => findingOf(violation, false)),
  ...warnings.map((warning) => findingOf(warning, !REFUSED_WARNINGS.includes(warning.code))),
];

/** A refused call, as if it had been found beforehand. */
export const findingsOfProblem = ({ code, message, fields }: Problem): Finding[] =>
  fields.length === 0
    ? [{ field: '', code, message, isWarning: false }]
    : fields.map((fault) => findingOf({ code, ...fault }, false));

const underField = (finding: Finding, field: string): boolean =>
  finding.field === field || finding.field.startsWith(`${field}.`);

/** Of the post itself. */
export const ofPost = (findings: readonly Finding[], field: string): readonly Finding[] =>
  findings.filter((finding) => finding.target === undefined && underField(finding, field));

/** Of what goes to these places among the accounts; each sentence once. */
export const ofTargets = (
  findings: readonly Finding[],
  indexes: readonly number[],
  field?: string,
): readonly Finding[] => {
  const found = findings.filter(
    (finding) =>
      finding.target !== undefined &&
      indexes.includes(finding.target) &&
      (field === undefined || underField(finding, field)),
  );
  return found.filter(({ message }, index) => found.findIndex((other) => other.message === message) === index);
};

/** The sentences for a field's `error`; undefined: none. */
export const errorText = (findings: readonly Finding[]): string | undefined => {
  const faults = findings.filter(({ isWarning }) => !isWarning).map(({ message }) => message);
  return faults.length === 0 ? undefined : faults.join(' ');
};

export const isRefused = (findings: readonly Finding[]): boolean => findings.some(({ isWarning }) => !isWarning);
