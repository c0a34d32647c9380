import { badLocalTime } from '../../domain/recurring/recurring.errors.js';
import { parseWallTime, type WallTime } from '../../domain/wall-time.js';

/** A local time in a path. @throws DomainError `recurrence.bad_local_time` */
export const toLocalTime = (text: string): WallTime => {
  const wall = parseWallTime(text);
  if (wall === undefined) throw badLocalTime(text.slice(0, 40));
  return wall;
};
