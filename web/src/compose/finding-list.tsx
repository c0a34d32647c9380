import { List, Text } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import type { Finding } from './findings.ts';

/** What the server says, one line each: what stands in the way in red, the rest in orange. */
export const FindingList = ({ findings }: { readonly findings: readonly Finding[] }) =>
  findings.length > 0 && (
    <List size="sm" spacing={4} listStyleType="none" role="list">
      {findings.map(({ message, isWarning, code }) => (
        <List.Item
          key={`${code} ${message}`}
          icon={
            isWarning ? (
              <IconAlertTriangle size={16} color="var(--mantine-color-orange-filled)" aria-hidden />
            ) : (
              <IconX size={16} color="var(--mantine-color-red-filled)" aria-hidden />
            )
          }
        >
          <Text size="sm">{message}</Text>
        </List.Item>
      ))}
    </List>
  );
