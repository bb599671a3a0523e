import { type Language, setPreferences, usePreferences } from './preferences.ts';
import { textsLeftOut } from './texts-left-out.ts';

/** `places_one` and `places_other` are both asked for as `places`, with a `count`. */
type Stem<K> = K extends `${infer S}_one` | `${infer S}_other` ? S : K;
type Values = Readonly<Record<string, string | number>>;
type Texts = Readonly<Record<string, string>>;
/** English has every key of the Chinese, and a singular where it needs one. */
type English<Z> = { readonly [K in keyof Z]: string } & Readonly<Partial<Record<`${string}_one`, string>>>;

export type TextSpace<K extends string> = { readonly name: string; readonly keys?: K };
export type Translate<K extends string> = (key: K, values?: Values) => string;

/** All texts that are here so far: by language, then by the name of their space. */
const known: Record<Language, Map<string, Texts>> = { zh: new Map(), en: new Map() };
const plurals: Record<Language, Intl.PluralRules> = { zh: new Intl.PluralRules('zh'), en: new Intl.PluralRules('en') };

/** Texts that a build left out of a script are empty there, and must not hide those that came as a file. */
function keepTexts(language: Language, space: string, texts: Texts): void {
  known[language].set(space, { ...known[language].get(space), ...texts });
}

/**
 * The texts of one feature, both languages complete. They travel with the feature's own code, not with the first page, and in a build
 * only those of the reader's language do. Literals all through: the build reads them without running them.
 */
export function defineTexts<const Z extends Texts>(
  name: string,
  texts: { zh: Z; en: English<Z> },
): TextSpace<Stem<keyof Z & string>> {
  keepTexts('zh', name, texts.zh);
  keepTexts('en', name, texts.en);
  return { name };
}

/** The text as it was written; by `count` its singular or plural, by the rules of the language (CLDR). */
function findText(language: Language, space: string, key: string, count: unknown): string | undefined {
  const texts = known[language].get(space);
  const plural = typeof count === 'number' ? texts?.[`${key}_${plurals[language].select(count)}`] : undefined;
  return plural ?? (typeof count === 'number' ? texts?.[`${key}_other`] : undefined) ?? texts?.[key];
}

/** A text with its values; what has no text in this language is said in the other one. */
export function sayText(language: Language, space: string, key: string, values: Values = {}): string {
  const { count } = values;
  const text =
    findText(language, space, key, count) ?? findText(language === 'zh' ? 'en' : 'zh', space, key, count) ?? key;
  return text.replace(/{{(\w+)}}/g, (_, name: string) => String(values[name] ?? ''));
}

/** `t` for a feature's texts; only keys that exist compile. */
export function useTexts<K extends string>(space: TextSpace<K>): Translate<K> {
  const language = useLanguage();
  return (key, values) => sayText(language, space.name, key, values);
}

export const useLanguage = (): Language => usePreferences().language;

/** Brings in what the build left out of the scripts for this language, all at once; throws when it cannot be had. */
async function bringTexts(language: Language): Promise<void> {
  const address = textsLeftOut[language];
  if (!address) return;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const spaces: Readonly<Record<string, Texts>> = await response.json();
  for (const [name, texts] of Object.entries(spaces)) keepTexts(language, name, texts);
}

/** Shows the open page in this language and keeps it for later; without a connection to load its texts, the present one stays. */
export async function switchLanguage(language: Language): Promise<void> {
  try {
    await bringTexts(language);
  } catch {
    return;
  }
  setPreferences({ language });
}
