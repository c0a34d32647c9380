import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { broadcastsEditMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { BroadcastResponse } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Panel } from '../../ui/panel.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';
import { type BroadcastDraft, toDraft, toUpdate } from './broadcast-draft.ts';
import { DraftFields } from './draft-fields.tsx';
import { HandOver } from './hand-over.tsx';
import { LookBefore } from './look-before.tsx';
import { SendPanel } from './send-panel.tsx';
import { SmsPanel } from './sms-panel.tsx';

const isSame = (one: BroadcastDraft, other: BroadcastDraft): boolean =>
  JSON.stringify(toUpdate(one)) === JSON.stringify(toUpdate(other));

/** A draft: its words, how it will look, and the way out. What is not saved cannot be sent. */
export const BroadcastDraftView = ({ broadcast }: { readonly broadcast: BroadcastResponse }) => {
  const { t } = useTranslation();
  const save = useDeed(broadcastsEditMutation(), { tags: ['Audience', 'Now'], said: t('common.saved'), inForm: true });
  const stored = toDraft(broadcast);
  const form = useFields(stored, save.error);
  const isChanged = !isSame(form.values, stored);
  return (
    <>
      <Panel title={t(`audience.broadcast.kindIs.${broadcast.kind}`)} actions={<StateBadge state={broadcast.status} />}>
        <SubmitForm
          label={t('common.save')}
          action={save}
          fields={Object.keys(form.values)}
          disabled={!isChanged}
          onSubmit={() => save.mutate({ path: { id: broadcast.id }, body: toUpdate(form.values) })}
          aside={
            isChanged && (
              <Button variant="subtle" onClick={() => form.set(stored)}>
                {t('common.undo')}
              </Button>
            )
          }
        >
          <DraftFields form={form} />
        </SubmitForm>
      </Panel>
      <LookBefore id={broadcast.id} isChanged={isChanged} />
      <SmsPanel broadcast={broadcast} />
      <HandOver id={broadcast.id} isChanged={isChanged} />
      <SendPanel broadcast={broadcast} isChanged={isChanged} />
    </>
  );
};
