import { Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import { ledgerEntriesOptions, ledgerNoteMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { Answered } from '../ui/answered.tsx';
import { Panel } from '../ui/panel.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useFields } from '../ui/use-fields.ts';

/** What people saw and did, in their own words; part of the ledger for ever. */
export const Notes = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const { moment } = useTimes();
  const notes = useQuery(ledgerEntriesOptions({ path: { id }, query: { kind: 'note', limit: 100 } }));
  const write = useMutation({
    ...ledgerNoteMutation(),
    onSuccess: () => {
      form.set({ text: '' });
      tellDone(t('incidents.noted'));
      void refreshTags(['Incidents']);
    },
  });
  const form = useFields({ text: '' }, write.error);
  return (
    <Panel title={t('incidents.notes')}>
      <Answered query={notes}>
        {({ items }) => (
          <Stack gap="sm">
            {items.length === 0 && (
              <Text size="sm" c="dimmed">
                {t(may('health:write') ? 'incidents.noNotesYet' : 'incidents.noNotes')}
              </Text>
            )}
            {items.map((note) => (
              <Stack key={note.id} gap={0}>
                <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                  {note.text}
                </Text>
                <Text size="sm" c="dimmed">
                  {moment(note.at)} · {note.actor}
                </Text>
              </Stack>
            ))}
          </Stack>
        )}
      </Answered>
      {may('health:write') && (
        <SubmitForm
          label={t('incidents.addNote')}
          action={write}
          onSubmit={() => write.mutate({ path: { id }, body: { text: form.values.text } })}
          disabled={form.values.text.trim() === ''}
          fields={['text']}
        >
          <Textarea label={t('incidents.note')} autosize minRows={2} {...form.text('text')} />
        </SubmitForm>
      )}
    </Panel>
  );
};
