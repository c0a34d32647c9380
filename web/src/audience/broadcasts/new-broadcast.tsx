import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { broadcastsCreateMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';
import { NEW_DRAFT, toCreate } from './broadcast-draft.ts';
import { DraftFields } from './draft-fields.tsx';

/** Nothing leaves from here: it becomes a draft, which can be looked at before. */
export const NewBroadcast = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useDeed(broadcastsCreateMutation(), {
    tags: ['Audience', 'Now'],
    onDone: ({ id }) => void navigate(`/audience/broadcasts/${id}`, { replace: true }),
    inForm: true,
  });
  const form = useFields(NEW_DRAFT, create.error);
  return (
    <Panel title={t('audience.broadcast.new')} note={t('audience.broadcast.newWhat')}>
      <SubmitForm
        label={t('audience.broadcast.saveDraft')}
        action={create}
        fields={Object.keys(NEW_DRAFT)}
        onSubmit={() => create.mutate({ body: toCreate(form.values) })}
      >
        <SegmentedControl
          aria-label={t('audience.broadcast.kind')}
          data={(['news', 'blackout', 'all_clear'] as const).map((value) => ({
            value,
            label: t(`audience.broadcast.kindIs.${value}`),
          }))}
          value={form.values.kind}
          onChange={(kind) => form.set({ kind })}
        />
        <DraftFields form={form} />
      </SubmitForm>
    </Panel>
  );
};
