import type { Recurrence } from './recurrence.js';
import { formatRule } from './recurrence-rule.js';

/** Why a post recurs at a time, as sentences. @param leftOut why it does not run everywhere */
export const whyItRuns = ({ rule, zone }: Recurrence, leftOut?: string): string =>
  [`Recurs by ${formatRule(rule)} in ${zone}.`, ...(leftOut === undefined ? [] : [leftOut])].join(' ');
