import type { Detection } from './scores/detections.js';
import type { Score } from './scores/score.js';

const NUMBERS = [
  'scheduled',
  'contentRejected',
  'onTimeShare',
  'reachedShare',
  'duplicates',
  'lost',
  'falseFailed',
  'unconfirmedAtEnd',
  'needsDecision',
  'publishCallsToDownPlatform',
  'onsetCalls',
  'falseAlarms',
  'falseDegraded',
  'flaps',
  'reroutes',
  'needlessReroutes',
] as const satisfies readonly (keyof Score)[];

/** All policies side by side, then how each span was met. */
export const tableOf = (policies: Readonly<Record<string, Score>>): string => {
  const names = Object.keys(policies);
  const head = ['', ...names];
  const rows = NUMBERS.map((field) => [field, ...names.map((name) => String(policies[name]?.[field] ?? ''))]);
  const spans = names.flatMap((name) => (policies[name]?.detections ?? []).map((span) => detectionRow(name, span)));
  const spanHead = ['policy', 'span', 'truth', 'detected', 'bound', 'cleared', 'readmitted'];
  return [aligned([head, ...rows]), '', aligned([spanHead, ...spans])].join('\n');
};

const detectionRow = (policy: string, span: Detection): readonly string[] => {
  const { platform, region, capability, truthFromMinute, truthToMinute, lordenMinutes } = span;
  const after = (minute: number | null, from: number) => (minute === null ? '-' : `+${(minute - from).toFixed(2)} min`);
  return [
    policy,
    `${platform} ${region} ${capability} ${span.state}`,
    `${truthFromMinute}-${truthToMinute}`,
    after(span.detectedAtMinute, truthFromMinute),
    lordenMinutes === null ? '-' : `${lordenMinutes.toFixed(2)} min`,
    after(span.clearedAtMinute, truthToMinute),
    after(span.readmittedAtMinute, truthToMinute),
  ];
};

const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
};
