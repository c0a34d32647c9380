import { notifications } from '@mantine/notifications';
import { toProblem } from '../api/problem.ts';

/** What became of something the person did. Screen readers hear it too. */
export const tellDone = (message: string): void => void notifications.show({ message, color: 'leaf' });

/** Why something did not happen, in the server's words; `onError` of mutations that have no form to show it in. */
export const tellProblem = (error: unknown): void =>
  void notifications.show({ message: toProblem(error).message, color: 'red', autoClose: 10_000 });
