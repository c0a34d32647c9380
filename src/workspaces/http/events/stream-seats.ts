import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';

/** How many streams may be open at once. */
export interface SeatLimits {
  readonly perProcess: number;
  readonly perWorkspace: number;
}

const LIMITS: SeatLimits = { perProcess: 1_000, perWorkspace: 20 };

/** Counts the open streams of this process. */
@Injectable()
export class StreamSeats {
  private readonly taken = new Map<string, number>();
  private total = 0;
  readonly limits: SeatLimits = LIMITS;

  /**
   * @returns gives the seat back
   * @throws DomainError `event.too_many_streams` (429), `event.streams_full` (503)
   */
  take(workspaceId: string): () => void {
    const own = this.taken.get(workspaceId) ?? 0;
    if (own >= this.limits.perWorkspace) throw tooMany(this.limits.perWorkspace);
    if (this.total >= this.limits.perProcess) throw full();
    this.taken.set(workspaceId, own + 1);
    this.total += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.total -= 1;
      const left = (this.taken.get(workspaceId) ?? 1) - 1;
      if (left === 0) this.taken.delete(workspaceId);
      else this.taken.set(workspaceId, left);
    };
  }
}

const tooMany = (limit: number) =>
  new DomainError(
    'rate_limited',
    'event.too_many_streams',
    `Your workspace has ${limit} event streams open here. Close one, or share one among your programs.`,
    { limit },
  );

const full = () =>
  new DomainError(
    'unavailable',
    'event.streams_full',
    'This server has no room for another event stream now. Try again later, or poll with "Accept: application/json".',
  );
