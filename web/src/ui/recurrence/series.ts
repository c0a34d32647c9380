import type { RecurrenceDto, SetRecurrenceDto } from '../../api/generated/types.gen.ts';

/** A stored recurrence as the call has it that sets it: to change it, or to bring it back. */
export const seriesOf = ({
  rule,
  start,
  timezone,
  exdates,
  rdates,
  targets,
  pausedAt,
}: RecurrenceDto): SetRecurrenceDto => ({
  ...{ rule, start, timezone, exdates, rdates, targets },
  paused: pausedAt !== undefined,
});
