/** The files that a module is made of; who has read one module knows where everything is in all. */
export const words = [
  'handler', // its endpoints, each paired with a function
  'plan', // what wakes it, what it may read and write, its limits
  'commands', // what changes state
  'queries', // what reads
  'rules', // pure decisions
  'store', // what speaks to the table
  'items', // what the table has of it, and how that is made
  'notices', // what people are told
  'facts', // what others may read of its items, in a batch of their own
  'index', // what other modules may use
  'follow', // what the stream wakes
  'schedule', // what the clock wakes
  'queue', // what a queue wakes
] as const;
export type Word = (typeof words)[number];

/** What stands once a module, beside its ideas and not inside one. */
const onceAModule: readonly Word[] = ['handler', 'plan', 'facts', 'index', 'follow', 'schedule', 'queue'];

/** Files beside the vocabulary, each until it finds its place. The list only gets shorter. */
export const exceptions: readonly string[] = [];

const isWord = (name: string): name is Word => words.some((word) => word === name);

/**
 * The word of a module's file: `functions/<module>/<word>.ts`, inside an idea `functions/<module>/<idea>/<word>.ts`, and where a file
 * became a folder `…/<word>/<anything>.ts`. `undefined` for everything else.
 */
export function wordOf(path: string): Word | undefined {
  const [top, module, ...rest] = path.split('/');
  if (top !== 'functions' || !module || !path.endsWith('.ts')) return undefined;
  const names = rest.map((name) => name.replace(/\.ts$/, ''));
  const ofModule = names.length <= 2 && names[0] !== undefined && isWord(names[0]) ? names[0] : undefined;
  if (ofModule) return ofModule;
  const [, ofIdea] = names;
  if (names.length < 2 || names.length > 3 || ofIdea === undefined || !isWord(ofIdea)) return undefined;
  return onceAModule.includes(ofIdea) ? undefined : ofIdea;
}
