import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { followEvents, type Liveness } from './follow-events.ts';
import { queryClient } from './queries.ts';

/** A stream that opens, breaks and tells when the test says so. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 1;

  constructor() {
    super();
    FakeSource.all.push(this);
  }

  tell(type: string, readyState = 1): void {
    this.readyState = readyState;
    this.dispatchEvent(new Event(type));
  }

  close(): void {
    this.readyState = FakeSource.CLOSED;
  }
}

const NOW = [{ _id: 'now', tags: ['Now'] }];
const DRILLS = [{ _id: 'drills', tags: ['Drills'] }];
const isStale = (key: readonly unknown[]): boolean => queryClient.getQueryState(key)?.isInvalidated ?? false;

describe('followEvents', () => {
  const heard: Liveness[] = [];
  let end: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    Object.assign(globalThis, { EventSource: FakeSource });
    heard.length = 0;
    FakeSource.all = [];
    for (const key of [NOW, DRILLS]) queryClient.setQueryData(key, 'known');
    end = followEvents((liveness) => heard.push(liveness));
    FakeSource.all[0]?.tell('open');
  });

  afterEach(() => {
    end();
    queryClient.clear();
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'EventSource');
  });

  it('makes stale what an event touches, and nothing else', () => {
    FakeSource.all[0]?.tell('drill.finished');
    jest.advanceTimersByTime(1_000);
    expect([isStale(DRILLS), isStale(NOW)]).toEqual([true, false]);
  });

  it('makes everything stale after a gap: what happened in it was told to nobody', () => {
    FakeSource.all[0]?.tell('error', FakeSource.CLOSED);
    jest.advanceTimersByTime(5_000);
    expect([isStale(DRILLS), isStale(NOW)]).toEqual([false, false]);
    FakeSource.all[1]?.tell('open');
    jest.advanceTimersByTime(1_000);
    expect([isStale(DRILLS), isStale(NOW)]).toEqual([true, true]);
    expect(heard).toEqual(['live', 'lost', 'live']);
  });

  it('does not come back once it was ended', () => {
    FakeSource.all[0]?.tell('error', FakeSource.CLOSED);
    end();
    jest.advanceTimersByTime(60_000);
    expect(FakeSource.all).toHaveLength(1);
  });
});
