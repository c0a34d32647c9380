import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldProblem, toProblem } from '../api/problem.ts';
import type { NowTarget } from './now-answer.ts';

interface LinkFormProps {
  readonly target: NowTarget;
  readonly resolve: (link: string) => Promise<unknown>;
  readonly onCancel: () => void;
}

/** Asks for the link: it is the proof, and what the public is led to. */
export const LinkForm = ({ target, resolve, onCancel }: LinkFormProps) => {
  const { t } = useTranslation();
  const [link, setLink] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    try {
      await resolve(link.trim());
    } catch (refusal) {
      const problem = toProblem(refusal);
      setError(fieldProblem(problem, 'found') ?? problem.message);
    }
    setIsBusy(false);
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <Group align="flex-end" gap="xs">
        <TextInput
          flex={1}
          miw={220}
          type="url"
          required
          data-autofocus
          autoFocus
          label={t('now.decision.link')}
          description={t('now.decision.linkWhere', { account: target.accountName })}
          placeholder="https://"
          value={link}
          error={error}
          onChange={({ currentTarget }) => setLink(currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          {t('now.decision.live')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </Group>
    </form>
  );
};
