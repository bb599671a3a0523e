import { type Answer, noContent } from '../../shared/http/answer.ts';

/** The same for a number that is known and one that is not. */
export const invited = (sent: Promise<void>): Promise<Answer> =>
  sent.then(() => ({ status: 202, body: { accepted: true } }));
export const done = (carriedOut: Promise<void>): Promise<Answer> => carriedOut.then(noContent);
