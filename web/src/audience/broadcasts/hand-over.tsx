import { Anchor, Checkbox, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { newsletterGetOptions, newsletterHandOverMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

/** The same words through a connected listmonk, to its own lists; not there while none is connected. */
export const HandOver = ({ id, isChanged }: { readonly id: string; readonly isChanged: boolean }) => {
  const { t } = useTranslation();
  const newsletter = useQuery(newsletterGetOptions());
  const hand = useDeed(newsletterHandOverMutation(), { tags: ['Audience'], inForm: true });
  const form = useFields({ start: false }, hand.error);
  if (!newsletter.data) return null;
  const { url } = newsletter.data;
  return (
    <Panel title={t('audience.handOver.title')} note={t('audience.handOver.what')}>
      <SubmitForm
        label={t(form.values.start ? 'audience.handOver.start' : 'audience.handOver.draft')}
        action={hand}
        fields={['start']}
        disabled={isChanged}
        onSubmit={() => hand.mutate({ path: { id }, body: form.values })}
      >
        <Checkbox
          {...form.check('start')}
          label={t('audience.handOver.atOnce')}
          description={t('audience.handOver.atOnceWhat')}
        />
      </SubmitForm>
      {hand.data && (
        <Text size="sm" role="status">
          {t('audience.handOver.done')}{' '}
          <Anchor
            href={new URL(`/admin/campaigns/${hand.data.campaignId}`, url).href}
            target="_blank"
            rel="noreferrer"
            underline="always"
          >
            {t('audience.handOver.open')}
          </Anchor>
        </Text>
      )}
    </Panel>
  );
};
