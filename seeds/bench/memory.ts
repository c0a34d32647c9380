import { readFileSync, writeFileSync } from 'node:fs';

/** What a process held at most, in MB of 1,000,000 bytes, between two moments. */
export interface MemoryWatch {
  /** Median of all samples so far. */
  medianMb(): number;
  /** The kernel's own high-water mark where it can be reset, else the highest sample. */
  peakMb(): number;
  stop(): void;
}

const EVERY_MS = 50;
/** `/proc` counts in units of 1024 bytes. */
const KIB_PER_MB = 1_000_000 / 1_024;
/** See proc(5), clear_refs: 5 resets the peak of the resident set. */
const RESET_PEAK = '5';

/** @returns undefined once the process is gone */
const readMb = (pid: number, field: 'VmRSS' | 'VmHWM'): number | undefined => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    return kib === undefined ? undefined : Number(kib) / KIB_PER_MB;
  } catch {
    return undefined;
  }
};

/** `/proc/<pid>/stat` counts in hundredths of a second (USER_HZ is 100 on every Linux that Node runs on). */
const TICK_MS = 10;

/** What a process has worked since its start, in user and kernel mode, ms. Linux only. */
export const cpuMsOf = (pid: number): number => {
  // The name in brackets may hold blanks; behind it come state, parent and so on: user and system time are 12th and 13th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

/** Samples the resident memory of a process every 50 ms, until it ends. Linux only. */
export const watchMemory = (pid: number): MemoryWatch => {
  const hasOwnPeak = resetPeak(pid);
  const samples: number[] = [];
  const sample = () => {
    const mb = readMb(pid, 'VmRSS');
    // A bench that is stopped ends its servers first: the watch must not be what it dies of.
    if (mb === undefined) clearInterval(timer);
    else samples.push(mb);
  };
  const timer = setInterval(sample, EVERY_MS);
  sample();
  return {
    medianMb: () => samples.toSorted((one, other) => one - other)[Math.floor(samples.length / 2)] ?? 0,
    peakMb: () => Math.max(0, ...samples, (hasOwnPeak && readMb(pid, 'VmHWM')) || 0),
    stop: () => clearInterval(timer),
  };
};

const resetPeak = (pid: number): boolean => {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, RESET_PEAK);
    return true;
  } catch {
    return false;
  }
};
