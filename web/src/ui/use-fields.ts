import { type ChangeEvent, useState } from 'react';
import { fieldProblem, toProblem } from '../api/problem.ts';

type Typed = ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;
type NamesOf<Values, Kind> = { [Name in keyof Values]: Values[Name] extends Kind ? Name : never }[keyof Values] &
  string;

/**
 * What stands in a form, bound to inputs, each with what the server said of it.
 * `text` is for inputs that hand out an event, `pick` for those that hand out a value, `check` for boxes.
 */
export const useFields = <Values extends object>(initial: Values, error?: unknown) => {
  const [values, setValues] = useState(initial);
  const problem = error == null ? undefined : toProblem(error);
  const set = (change: Partial<Values>): void => setValues((old) => ({ ...old, ...change }));
  const put = <Name extends keyof Values>(name: Name, value: Values[Name]): void =>
    setValues((old) => ({ ...old, [name]: value }));
  const fault = (name: string): string | undefined => fieldProblem(problem, name);
  return {
    values,
    set,
    fault,
    text: <Name extends NamesOf<Values, string>>(name: Name) => ({
      name,
      value: values[name],
      onChange: ({ currentTarget }: Typed) => put(name, currentTarget.value as Values[Name]),
      error: fault(name),
    }),
    pick: <Name extends keyof Values & string>(name: Name) => ({
      name,
      value: values[name],
      onChange: (value: Values[Name]) => put(name, value),
      error: fault(name),
    }),
    check: <Name extends NamesOf<Values, boolean>>(name: Name) => ({
      name,
      checked: values[name] as boolean,
      onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement>) => put(name, currentTarget.checked as Values[Name]),
      error: fault(name),
    }),
  };
};
