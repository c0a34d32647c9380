import { Anchor, Blockquote, Button, List, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { broadcastSmsShowOptions, broadcastSmsWordMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { BroadcastResponse, SmsPreviewResponse } from '../../api/generated/types.gen.ts';
import { toProblem } from '../../api/problem.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Answered } from '../../ui/answered.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

const LONGEST = 1_600;
/** What the words may name. */
const NAMES = '{{ workspace.name }}, {{ incident.platformName }}, {{ pageUrl }}';
/** News without words of its own go by mail alone. */
const hasNoWords = (error: unknown): boolean => toProblem(error).code === 'sms_text.not_found';
const isNotSetUp = (error: unknown): boolean => toProblem(error).code === 'sms_settings.not_found';

/** The text beside the mail: its words, to how many phones it goes, and what that costs. */
export const SmsPanel = ({ broadcast: { id, kind } }: { readonly broadcast: BroadcastResponse }) => {
  const { t } = useTranslation();
  const shown = useQuery(broadcastSmsShowOptions({ path: { id } }));
  return (
    <Panel
      title={t('audience.sms.title')}
      note={t(kind === 'news' ? 'audience.sms.newsWhat' : 'audience.sms.noticeWhat')}
    >
      {isNotSetUp(shown.error) ? (
        <Text size="sm">
          {t('audience.sms.notSetUp')}{' '}
          <Anchor component={Link} to="/settings/sms" underline="always">
            {t('settings.section.sms')}
          </Anchor>
        </Text>
      ) : (
        <>
          {hasNoWords(shown.error) ? (
            <Text size="sm">{t('audience.sms.none')}</Text>
          ) : (
            <Answered query={shown}>{(preview) => <Cost preview={preview} />}</Answered>
          )}
          <WordsForm key={shown.data?.text} id={id} hasText={shown.data !== undefined} />
        </>
      )}
    </Panel>
  );
};

const Cost = ({ preview }: { readonly preview: SmsPreviewResponse }) => {
  const { t } = useTranslation();
  const { recipients, segmentsEach, amount, currency, costlyCharacters, notAllowed, overCap } = preview;
  return (
    <>
      <Blockquote p="sm" my={0}>
        {preview.text}
      </Blockquote>
      <List size="sm">
        <List.Item>
          {t('audience.sms.phones', { count: recipients, segments: segmentsEach, amount, currency })}
        </List.Item>
        {costlyCharacters.length > 0 && (
          <List.Item>{t('audience.sms.costly', { characters: costlyCharacters.join(' ') })}</List.Item>
        )}
        {notAllowed > 0 && <List.Item>{t('audience.sms.notAllowed', { count: notAllowed })}</List.Item>}
        {overCap > 0 && <List.Item>{t('audience.sms.overCap', { count: overCap })}</List.Item>}
      </List>
    </>
  );
};

interface WordsFormProps {
  readonly id: string;
  /** Whether it would go by text at all now. */
  readonly hasText: boolean;
}

const WordsForm = ({ id, hasText }: WordsFormProps) => {
  const { t } = useTranslation();
  const save = useDeed(broadcastSmsWordMutation(), { tags: ['Audience'], said: t('common.saved'), inForm: true });
  const form = useFields({ text: '' }, save.error);
  const path = { id };
  const words = form.values.text.trim();
  return (
    <SubmitForm
      label={t('common.save')}
      action={save}
      fields={['text']}
      disabled={words === ''}
      onSubmit={() => save.mutate({ path, body: { text: words } })}
      aside={
        hasText && (
          <Button variant="subtle" onClick={() => save.mutate({ path, body: { text: null } })}>
            {t('audience.sms.withdraw')}
          </Button>
        )
      }
    >
      <Textarea
        {...form.text('text')}
        label={t('audience.sms.words')}
        description={t('audience.sms.mayHold', { names: NAMES })}
        autosize
        minRows={2}
        maxLength={LONGEST}
      />
    </SubmitForm>
  );
};
