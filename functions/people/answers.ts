import { accepted, noContent } from '../../shared/http/answer.ts';

/** The same for a number that is known and one that is not. */
export const invited = (sent: Promise<void>) => sent.then(() => accepted({ accepted: true }));
export const done = (carriedOut: Promise<void>) => carriedOut.then(noContent);
