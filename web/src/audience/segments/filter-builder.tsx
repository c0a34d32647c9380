import {
  Button,
  Group,
  NumberInput,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type ConditionDraft,
  type FilterDraft,
  newCondition,
  type Op,
  operandOf,
  OPS,
  type Subject,
  SUBJECTS,
} from './filter-draft.ts';

interface FilterBuilderProps {
  readonly draft: FilterDraft;
  readonly onChange: (draft: FilterDraft) => void;
}

/** Conditions on subscribers, all or any of which must hold. */
export const FilterBuilder = ({ draft, onChange }: FilterBuilderProps) => {
  const { t } = useTranslation();
  const { join, conditions } = draft;
  const put = (at: number, condition: ConditionDraft): void =>
    onChange({ join, conditions: conditions.map((one, index) => (index === at ? condition : one)) });
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('audience.segment.join')}
        data={[
          { value: 'all', label: t('audience.segment.all') },
          { value: 'any', label: t('audience.segment.any') },
        ]}
        value={join}
        onChange={(next) => onChange({ join: next, conditions })}
      />
      {conditions.map((condition, index) => (
        // Conditions have no name but their place.
        <Condition
          key={index}
          condition={condition}
          onChange={(next) => put(index, next)}
          onRemove={() => onChange({ join, conditions: conditions.filter((_, at) => at !== index) })}
        />
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() => onChange({ join, conditions: [...conditions, newCondition('tags')] })}
        >
          {t('audience.segment.add')}
        </Button>
      </Group>
    </Stack>
  );
};

interface ConditionProps {
  readonly condition: ConditionDraft;
  readonly onChange: (condition: ConditionDraft) => void;
  readonly onRemove: () => void;
}

const Condition = ({ condition, onChange, onRemove }: ConditionProps) => {
  const { t } = useTranslation();
  const { subject, attribute, op } = condition;
  const ops: readonly Op[] = OPS[subject];
  return (
    <Paper withBorder p="xs">
      <Group align="flex-end" gap="xs">
        <Select<Subject>
          label={t('audience.segment.what')}
          data={SUBJECTS.map((value) => ({ value, label: t(`audience.segment.subject.${value}`) }))}
          value={subject}
          allowDeselect={false}
          onChange={(next) => next && onChange(newCondition(next))}
          w={170}
        />
        {subject === 'attribute' && (
          <TextInput
            label={t('audience.segment.attribute')}
            value={attribute}
            onChange={({ currentTarget }) => onChange({ ...condition, attribute: currentTarget.value })}
            w={130}
          />
        )}
        <Select
          label={t('audience.segment.how')}
          data={ops.map((value) => ({ value, label: t(`audience.segment.op.${value}`) }))}
          value={op}
          allowDeselect={false}
          onChange={(next) => next && onChange({ ...condition, op: next, values: [], value: '' })}
          w={190}
        />
        <Operand condition={condition} onChange={onChange} />
        <Button variant="default" onClick={onRemove} aria-label={t('audience.segment.remove')}>
          {t('common.remove')}
        </Button>
      </Group>
    </Paper>
  );
};

const Operand = ({ condition, onChange }: Omit<ConditionProps, 'onRemove'>) => {
  const { t } = useTranslation();
  const { op, values, value } = condition;
  const label = t('audience.segment.value');
  switch (operandOf(op)) {
    case 'none':
      return null;
    case 'list':
      return (
        <TagsInput
          label={t('audience.segment.values')}
          value={[...values]}
          onChange={(next) => onChange({ ...condition, values: next })}
          flex={1}
          miw={180}
        />
      );
    case 'days':
    case 'number':
      return (
        <NumberInput
          label={operandOf(op) === 'days' ? t('audience.segment.days') : label}
          value={value}
          onChange={(next) => onChange({ ...condition, value: String(next) })}
          w={120}
        />
      );
    case 'day':
    case 'text':
      return (
        <TextInput
          type={operandOf(op) === 'day' ? 'date' : 'text'}
          label={label}
          value={value}
          onChange={({ currentTarget }) => onChange({ ...condition, value: currentTarget.value })}
          w={170}
        />
      );
  }
};
