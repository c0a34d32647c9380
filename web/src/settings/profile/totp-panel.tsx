import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CodeField } from '../../access/code-field.tsx';
import { OwnPasswordField } from '../../access/own-password-field.tsx';
import { RecoveryCodes } from '../../access/recovery-codes.tsx';
import { useSession } from '../../access/session.ts';
import { TotpEnrolment } from '../../access/totp-enrolment.tsx';
import { totpDisableMutation, totpRenewCodesMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { refreshTags } from '../../api/queries.ts';
import { useDeed } from '../../api/use-deed.ts';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

interface Closing {
  readonly onClose: () => void;
}

/** The second factor of whoever is signed in. */
export const TotpPanel = () => {
  const { t } = useTranslation();
  const { hasTotp, email } = useSession();
  const finish = (close: () => void) => (): void => {
    close();
    void refreshTags(['Sessions']);
  };
  return (
    <Panel
      title={t('settings.profile.totp')}
      note={t('access.totpWhat')}
      actions={<Badge color={hasTotp ? 'teal' : 'gray'}>{hasTotp ? t('common.on') : t('common.off')}</Badge>}
    >
      {hasTotp ? (
        <Group>
          <ModalButton label={t('settings.profile.renewCodes')}>
            {(close) => <RenewCodes onClose={close} />}
          </ModalButton>
          <ModalButton label={t('settings.profile.totpOff')}>{(close) => <TurnOff onClose={close} />}</ModalButton>
        </Group>
      ) : (
        <Group>
          <ModalButton label={t('settings.profile.totpOn')} variant="filled">
            {(close) => <TotpEnrolment email={email} onDone={finish(close)} />}
          </ModalButton>
        </Group>
      )}
    </Panel>
  );
};

const RenewCodes = ({ onClose }: Closing) => {
  const { t } = useTranslation();
  const renew = useDeed(totpRenewCodesMutation(), { tags: [], inForm: true });
  if (renew.data) return <RecoveryCodes codes={renew.data.recoveryCodes} onKept={onClose} />;
  return (
    <BothFactors
      label={t('settings.profile.renewCodes')}
      what={t('settings.profile.renewWhat')}
      action={renew}
      onSubmit={(body) => renew.mutate({ body })}
    />
  );
};

const TurnOff = ({ onClose }: Closing) => {
  const { t } = useTranslation();
  const off = useDeed(totpDisableMutation(), {
    tags: ['Sessions'],
    said: t('settings.profile.totpIsOff'),
    onDone: onClose,
    inForm: true,
  });
  return (
    <BothFactors
      label={t('settings.profile.totpOff')}
      what={t('settings.profile.totpOffWhat')}
      action={off}
      onSubmit={(body) => off.mutate({ body })}
    />
  );
};

interface BothFactorsProps {
  readonly label: string;
  readonly what: string;
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly onSubmit: (factors: { readonly password: string; readonly code: string }) => void;
}

const BothFactors = ({ label, what, action, onSubmit }: BothFactorsProps) => {
  const form = useFields({ password: '', code: '' }, action.error);
  const { password, code } = form.values;
  return (
    <SubmitForm
      label={label}
      action={action}
      fields={['password', 'code']}
      onSubmit={() => onSubmit({ password, code: code.trim() })}
    >
      <Text size="sm">{what}</Text>
      <OwnPasswordField {...form.text('password')} />
      <CodeField {...form.text('code')} />
    </SubmitForm>
  );
};
