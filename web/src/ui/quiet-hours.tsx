import { Group, Switch, TextInput } from '@mantine/core';

interface QuietHoursProps {
  readonly label: string;
  readonly description?: string;
  readonly fromLabel: string;
  readonly untilLabel: string;
  readonly value: { readonly isQuiet: boolean; readonly quietFrom: string; readonly quietUntil: string };
  readonly onChange: (change: { isQuiet?: boolean; quietFrom?: string; quietUntil?: string }) => void;
  readonly error?: string | undefined;
}

/** Hours at which nobody is disturbed, by the clock of who reads. */
export const QuietHours = ({ label, description, fromLabel, untilLabel, value, onChange, error }: QuietHoursProps) => (
  <>
    <Switch
      label={label}
      description={description}
      checked={value.isQuiet}
      error={error}
      onChange={({ currentTarget }) => onChange({ isQuiet: currentTarget.checked })}
    />
    {value.isQuiet && (
      <Group>
        <TextInput
          type="time"
          label={fromLabel}
          value={value.quietFrom}
          onChange={({ currentTarget }) => onChange({ quietFrom: currentTarget.value })}
        />
        <TextInput
          type="time"
          label={untilLabel}
          value={value.quietUntil}
          onChange={({ currentTarget }) => onChange({ quietUntil: currentTarget.value })}
        />
      </Group>
    )}
  </>
);
