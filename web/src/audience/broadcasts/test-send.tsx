import { List, TagsInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { broadcastPlanningTestMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { ModalButton } from '../../ui/modal-button.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

interface TestSendProps {
  readonly id: string;
  readonly isChanged: boolean;
}

const MOST = 5;
const BETWEEN = [',', ' ', ';'];

/** A marked copy to colleagues, before it goes to anybody else. */
export const TestSend = ({ id, isChanged }: TestSendProps) => {
  const { t } = useTranslation();
  return (
    <ModalButton label={t('audience.broadcast.test')} disabled={isChanged}>
      {() => <TestForm id={id} />}
    </ModalButton>
  );
};

const TestForm = ({ id }: Pick<TestSendProps, 'id'>) => {
  const { t } = useTranslation();
  const test = useDeed(broadcastPlanningTestMutation(), { tags: [], inForm: true });
  const form = useFields<{ to: string[] }>({ to: [] }, test.error);
  return (
    <SubmitForm
      label={t('audience.broadcast.testYes')}
      action={test}
      fields={['to']}
      disabled={form.values.to.length === 0}
      onSubmit={() => test.mutate({ path: { id }, body: form.values })}
    >
      <TagsInput
        {...form.pick('to')}
        label={t('audience.broadcast.testTo')}
        description={t('audience.broadcast.testWhat', { count: MOST })}
        maxTags={MOST}
        splitChars={BETWEEN}
        acceptValueOnBlur
        inputMode="email"
        data-autofocus
        required
      />
      {test.data && (
        <List size="sm" role="status">
          {test.data.results.map(({ to, state, detail }) => (
            <List.Item key={to}>
              {t(`audience.broadcast.tested.${state}`, { to })}
              {state !== 'accepted' && (
                <Text size="sm" c="dimmed">
                  {detail}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
      )}
    </SubmitForm>
  );
};
