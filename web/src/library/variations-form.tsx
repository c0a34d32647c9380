import { Button, Group, NumberInput, Paper, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newCallId } from '../api/call-id.ts';
import { recyclingReplaceVariationsMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostDto, VariationDto } from '../api/generated/types.gen.ts';
import { fieldProblem, toProblem } from '../api/problem.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { Panel } from '../ui/panel.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { blankVariation, requestOf, type TypedVariation, typedOf } from './variation-list.ts';

interface VariationsFormProps {
  readonly post: PostDto;
  readonly stored: readonly VariationDto[];
}

/** The wordings that runs take in turn. */
export const VariationsForm = ({ post, stored }: VariationsFormProps) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const [list, setList] = useState(() => stored.map(typedOf));
  const save = useMutation({
    ...recyclingReplaceVariationsMutation(),
    onSuccess: () => {
      tellDone(t('library.evergreen.variationsSaved'));
      return refreshTags(['Recycling', 'Calendar']);
    },
  });
  const problem = save.error ? toProblem(save.error) : undefined;
  const change = (key: string, typed: Partial<TypedVariation>): void =>
    setList(list.map((variation) => (variation.key === key ? { ...variation, ...typed } : variation)));
  return (
    <Panel title={t('library.evergreen.variations')} note={t('library.evergreen.variationsWhat')}>
      <SubmitForm
        label={t('common.save')}
        action={save}
        onSubmit={() => save.mutate({ path: { id: post.id }, body: { variations: list.map(requestOf) } })}
        disabled={!may('posts:write')}
        aside={
          <Button variant="default" onClick={() => setList([...list, blankVariation(newCallId())])}>
            {t('library.evergreen.add')}
          </Button>
        }
      >
        <Paper withBorder p="sm">
          <Text size="sm" fw={500}>
            {t('library.evergreen.own')}
          </Text>
          <Text size="sm" lineClamp={3}>
            {post.caption}
          </Text>
        </Paper>
        {list.map((variation, index) => (
          <VariationFields
            key={variation.key}
            number={index + 1}
            variation={variation}
            faultOf={(field) => fieldProblem(problem, `variations.${index}.${field}`)}
            onChange={(typed) => change(variation.key, typed)}
            onRemove={() => setList(list.filter(({ key }) => key !== variation.key))}
          />
        ))}
      </SubmitForm>
    </Panel>
  );
};

interface VariationFieldsProps {
  readonly number: number;
  readonly variation: TypedVariation;
  readonly faultOf: (field: string) => string | undefined;
  readonly onChange: (typed: Partial<TypedVariation>) => void;
  readonly onRemove: () => void;
}

const VariationFields = ({ number, variation, faultOf, onChange, onRemove }: VariationFieldsProps) => {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="sm" component="fieldset">
      <Stack gap="xs">
        <Group justify="space-between">
          <Text size="sm" fw={500}>
            {t('library.evergreen.number', { number })}
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={t('library.evergreen.remove', { number })}
            onClick={onRemove}
          >
            {t('common.remove')}
          </Button>
        </Group>
        <Textarea
          label={t('library.evergreen.caption')}
          placeholder={t('library.evergreen.captionHint')}
          autosize
          minRows={2}
          value={variation.caption}
          onChange={({ currentTarget }) => onChange({ caption: currentTarget.value })}
          error={faultOf('caption')}
        />
        <Group gap="sm" grow preventGrowOverflow={false}>
          <TextInput
            label={t('library.evergreen.titleField')}
            value={variation.title}
            onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
            error={faultOf('title')}
          />
          <TagsInput
            label={t('library.evergreen.hashtags')}
            value={[...variation.hashtags]}
            splitChars={[',', ' ']}
            onChange={(hashtags) => onChange({ hashtags })}
            error={faultOf('hashtags')}
          />
          <NumberInput
            label={t('library.evergreen.cover')}
            value={variation.coverSeconds}
            min={0}
            step={0.5}
            decimalScale={1}
            onChange={(value) => onChange({ coverSeconds: value === '' ? '' : Number(value) })}
            error={faultOf('coverMs')}
          />
        </Group>
      </Stack>
    </Paper>
  );
};
