import { msOf, namesRegion, stretchesOf } from './behaviour.js';
import { TraceFault } from './trace-fault.js';
import type { AccountFault, OutageTrace, PlatformTrace, TruthSpan } from './trace.js';

/** Sums of decimal fractions miss 1 by this much. */
const ROUNDING = 1e-9;

/** What several fields say together. @throws TraceFault with the path of the first fault */
export const checkTrace = (trace: OutageTrace): void => {
  checkNames(trace);
  for (const [name, platform] of Object.entries(trace.platforms)) {
    for (const region of Object.keys(trace.regions)) checkRates(trace, { name, platform, region });
    checkTruth(trace, name, platform.truth);
  }
  trace.accountFaults.forEach((fault, index) => checkFault(trace, fault, `accountFaults[${index}]`));
};

/** Who publishes somewhere must find a platform there. */
const checkNames = ({ platforms, accounts, workload }: OutageTrace): void => {
  const known = (name: string, path: string) => {
    if (!Object.hasOwn(platforms, name)) throw new TraceFault(path, `"${name}" is not among the platforms`);
  };
  for (const name of Object.keys(accounts)) known(name, `accounts.${name}`);
  for (const name of Object.keys(workload.targetsPerPost)) known(name, `workload.targetsPerPost.${name}`);
};

interface Place {
  readonly name: string;
  readonly platform: PlatformTrace;
  readonly region: string;
}

const checkRates = (trace: OutageTrace, { name, platform, region }: Place): void => {
  const endMs = msOf(trace.durationMinutes);
  for (const { fromMs, behaviour, phases } of stretchesOf(platform, region, endMs)) {
    const { errorRate, timeoutRate, acceptedLostRate, rateLimitRate } = behaviour.upload;
    const sum = errorRate + timeoutRate + acceptedLostRate + rateLimitRate;
    if (sum <= 1 + ROUNDING) continue;
    const last = phases.findLast((index) => platform.phases[index]?.upload !== undefined);
    const where = last === undefined ? 'normal' : `phases[${last}]`;
    const what = 'errorRate + timeoutRate + acceptedLostRate + rateLimitRate';
    const text = `${what} is ${round(sum)} at minute ${round(fromMs / 60_000)} in ${region}, more than 1`;
    throw new TraceFault(`platforms.${name}.${where}.upload`, text);
  }
};

const checkTruth = ({ regions }: OutageTrace, name: string, truth: readonly TruthSpan[]): void => {
  truth.forEach((span, index) => {
    const other = truth.slice(0, index).findIndex((before) => overlap(before, span, Object.keys(regions)));
    if (other < 0) return;
    const text = `it overlaps truth[${other}] of the same capability and region`;
    throw new TraceFault(`platforms.${name}.truth[${index}]`, text);
  });
};

const overlap = (one: TruthSpan, two: TruthSpan, regions: readonly string[]): boolean =>
  one.capability === two.capability &&
  one.fromMinute < two.toMinute &&
  two.fromMinute < one.toMinute &&
  [...regions, ...(one.regions ?? [])].some((region) => namesRegion(one, region) && namesRegion(two, region));

const checkFault = (trace: OutageTrace, { platform, account, workspace }: AccountFault, path: string): void => {
  if (!Object.hasOwn(trace.platforms, platform))
    throw new TraceFault(`${path}.platform`, `"${platform}" is not among the platforms`);
  const accounts = trace.accounts[platform] ?? 0;
  if (account !== undefined && account >= accounts)
    throw new TraceFault(`${path}.account`, `${platform} has only ${accounts} accounts, numbered from 0`);
  if (workspace !== undefined && workspace >= trace.workspaces)
    throw new TraceFault(`${path}.workspace`, `there are only ${trace.workspaces} workspaces, numbered from 0`);
};

const round = (value: number): number => Math.round(value * 1e6) / 1e6;
