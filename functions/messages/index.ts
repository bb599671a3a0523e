/** What others may use of messages: the words behind a template, for the local page that shows what would have been sent. */
export { textOf } from './notices.ts';
