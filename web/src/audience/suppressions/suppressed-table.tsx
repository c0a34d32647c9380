import { useTranslation } from 'react-i18next';
import { suppressionsRemoveMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SuppressionDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { useTimes } from '../../ui/times.ts';

const TAGS = ['Audience'];

/** What a person of the workspace may end; what the subscriber said stays. */
const MAY_END: readonly SuppressionDto['reason'][] = ['manual', 'bounced', 'paused'];

const HASH_SHOWN = 12;

/** Addresses that get nothing, why, and the way to end what a person of the workspace may end. */
export const Suppressed = ({ items }: { readonly items: readonly SuppressionDto[] }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const remove = useDeed(suppressionsRemoveMutation(), { tags: TAGS, said: t('audience.suppression.ended') });
  return (
    <DataTable
      label={t('audience.section.suppressions')}
      rows={items}
      keyOf={({ channel, addressHmac }) => `${channel} ${addressHmac}`}
      columns={[
        {
          name: 'address',
          title: t('audience.suppression.address'),
          cell: ({ address, addressHmac }) => address ?? <code>{addressHmac.slice(0, HASH_SHOWN)}…</code>,
        },
        {
          name: 'channel',
          title: t('audience.suppression.channel'),
          cell: ({ channel }) => t(`audience.suppression.by.${channel}`),
        },
        {
          name: 'reason',
          title: t('audience.suppression.reason'),
          cell: ({ reason, note }) => [t(`audience.suppression.because.${reason}`), note].filter(Boolean).join(': '),
        },
        { name: 'at', title: t('audience.recipients.at'), cell: ({ at }) => moment(at) },
        {
          name: 'end',
          title: '',
          align: 'end',
          cell: ({ channel, addressHmac, reason, address }) =>
            MAY_END.includes(reason) ? (
              <AskButton
                label={t('audience.suppression.end')}
                {...(address === undefined ? {} : { of: address })}
                title={t('audience.suppression.endTitle')}
                text={t('audience.suppression.endText')}
                yes={t('audience.suppression.end')}
                onYes={() => remove.mutate({ path: { channel, addressHmac } })}
              />
            ) : null,
        },
      ]}
    />
  );
};
