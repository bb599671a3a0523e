/** What other modules may use of waivers: whether somebody has signed what they must, told from items read along with others. */
export { missingFrom, missingKeys } from './items.ts';
