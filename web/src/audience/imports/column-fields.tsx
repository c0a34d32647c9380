import { Group, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TARGETS } from './columns.ts';

/** What each column is read as; empty: not at all. */
export type Mapping = Readonly<Record<string, string>>;

interface ColumnsProps {
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** What each column is read as; any other becomes an attribute of the person when it is wanted. */
export const Columns = ({ mapping, onChange }: ColumnsProps) => {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="group" aria-label={t('audience.import.columns')}>
      <Text fw={500} size="sm">
        {t('audience.import.columns')}
      </Text>
      {Object.entries(mapping).map(([column, target]) => {
        const attribute = `attributes.${column.replace(/[^A-Za-z0-9_]/g, '_')}`;
        const own = target.startsWith('attributes.') ? target : attribute;
        return (
          <Group key={column} wrap="nowrap">
            <Text size="sm" w={160} truncate>
              {column}
            </Text>
            <Select
              size="xs"
              aria-label={t('audience.import.readAs', { column })}
              data={[
                { value: '', label: t('audience.import.ignore') },
                ...TARGETS.map((value) => ({ value, label: t(`audience.import.target.${value}`) })),
                { value: own, label: t('audience.import.asAttribute', { name: own.replace('attributes.', '') }) },
              ]}
              value={target}
              allowDeselect={false}
              onChange={(next) => onChange({ ...mapping, [column]: next ?? '' })}
              flex={1}
              maw={320}
            />
          </Group>
        );
      })}
    </Stack>
  );
};
