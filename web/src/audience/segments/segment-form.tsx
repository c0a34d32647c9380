import { Anchor, JsonInput, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { segmentsCount } from '../../api/generated/sdk.gen.ts';
import type { SegmentDto } from '../../api/generated/types.gen.ts';
import { toProblem } from '../../api/problem.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { FilterBuilder } from './filter-builder.tsx';
import { type FilterDraft, newCondition, toFilter, toFilterDraft } from './filter-draft.ts';

interface SegmentWish {
  readonly name: string;
  readonly filter: Record<string, unknown>;
}

interface SegmentFormProps {
  readonly label: string;
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly initial?: SegmentDto;
  readonly onSubmit: (wish: SegmentWish) => void;
}

const NEW: FilterDraft = { join: 'all', conditions: [newCondition('tags')] };
const SETTLED_AFTER_MS = 400;
const INDENT = 2;

const read = (json: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

/** A name and a filter, counted while one types. What the builder cannot show is edited as the API has it. */
export const SegmentForm = ({ label, action, initial, onSubmit }: SegmentFormProps) => {
  const { t } = useTranslation();
  const [name, setName] = useState(initial?.name ?? '');
  const [draft, setDraft] = useState(initial ? toFilterDraft(initial.filter) : NEW);
  const [json, setJson] = useState(() => JSON.stringify(initial?.filter ?? toFilter(NEW), undefined, INDENT));
  const filter = draft ? toFilter(draft) : read(json);
  const toJson = (): void => {
    setJson(JSON.stringify(filter, undefined, INDENT));
    setDraft(undefined);
  };
  const built = toFilterDraft(read(json));
  return (
    <SubmitForm
      label={label}
      action={action}
      fields={['name']}
      disabled={filter === undefined}
      onSubmit={() => filter && onSubmit({ name: name.trim(), filter })}
    >
      <TextInput
        name="name"
        label={t('common.name')}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
        required
      />
      {draft ? (
        <FilterBuilder draft={draft} onChange={setDraft} />
      ) : (
        <JsonInput
          label={t('audience.segment.json')}
          description={t('audience.segment.jsonWhat')}
          value={json}
          onChange={setJson}
          validationError={t('audience.segment.noJson')}
          formatOnBlur
          autosize
          minRows={6}
        />
      )}
      {draft ? (
        <Anchor component="button" type="button" size="sm" ta="start" onClick={toJson}>
          {t('audience.segment.asJson')}
        </Anchor>
      ) : (
        built && (
          <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setDraft(built)}>
            {t('audience.segment.asBuilder')}
          </Anchor>
        )
      )}
      <LiveCount filter={filter} />
    </SubmitForm>
  );
};

/** Whom the filter finds, and whom one may write to: asked when typing rests. */
const LiveCount = ({ filter }: { readonly filter: Record<string, unknown> | undefined }) => {
  const { t } = useTranslation();
  const [rested] = useDebouncedValue(JSON.stringify(filter), SETTLED_AFTER_MS);
  const count = useQuery({
    queryKey: ['segment count', rested],
    queryFn: async ({ signal }) => {
      const asked = read(rested) ?? {};
      return (await segmentsCount({ body: { filter: asked }, signal })).data;
    },
    enabled: filter !== undefined,
    retry: false,
    placeholderData: (old) => old,
  });
  return (
    <Text size="sm" role="status" c={count.isError ? 'red' : undefined}>
      {count.isError && toProblem(count.error).message}
      {!count.isError && count.data && t('audience.segment.counts', { ...count.data })}
    </Text>
  );
};
