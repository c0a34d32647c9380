import { Group, Text } from '@mantine/core';
import type { Meter } from './limits.ts';

/** How full a field is: "280 / 300 characters". */
export const Meters = ({ meters }: { readonly meters: readonly Meter[] }) => (
  <Group gap="sm" justify="flex-end">
    {meters.map(({ rule, used, max, unit, level }, index) =>
      // Only the tightest is always shown; others when they begin to matter.
      index === 0 || level !== 'fine' ? (
        <Text key={rule} size="xs" {...(level === 'fine' ? { c: 'dimmed' } : { fw: 700 })}>
          {level === 'over' && <span aria-hidden>▲ </span>}
          {used.toLocaleString()} / {max.toLocaleString()} {unit}
        </Text>
      ) : undefined,
    )}
  </Group>
);
