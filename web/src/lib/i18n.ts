import i18next, { type i18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { currentLanguage, type Language, setPreferences } from './preferences.ts';
import { textsLeftOut } from './texts-left-out.ts';

/** `places_one` and `places_other` are both asked for as `places`, with a `count`. */
type Stem<K> = K extends `${infer S}_one` | `${infer S}_other` ? S : K;
type Values = Readonly<Record<string, string | number>>;
type Chinese = Readonly<Record<string, string>>;
/** English has every key of the Chinese, and a singular where it needs one. */
type English<Z> = { readonly [K in keyof Z]: string } & Readonly<Partial<Record<`${string}_one`, string>>>;

export type TextSpace<K extends string> = { readonly name: string; readonly keys?: K };
export type Translate<K extends string> = (key: K, values?: Values) => string;

/** Keys are checked by the types above; the library sees no text to find the names of values in. */
declare module 'i18next' {
  interface CustomTypeOptions {
    parseInterpolation: false;
  }
}

const instance: i18n = i18next.createInstance();
void instance.use(initReactI18next).init({
  lng: currentLanguage(),
  fallbackLng: ['zh', 'en'],
  initAsync: false,
  resources: {},
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

/**
 * The texts of one feature, both languages complete. They travel with the feature's own code, not with the first page, and in a build
 * only those of the reader's language do. Literals all through: the build reads them without running them.
 */
export function defineTexts<const Z extends Chinese>(
  name: string,
  texts: { zh: Z; en: English<Z> },
): TextSpace<Stem<keyof Z & string>> {
  instance.addResourceBundle('zh', name, texts.zh);
  instance.addResourceBundle('en', name, texts.en);
  return { name };
}

/** `t` for a feature's texts; only keys that exist compile. */
export function useTexts<K extends string>(space: TextSpace<K>): Translate<K> {
  const { t } = useTranslation(space.name, { i18n: instance });
  return (key, values) => t(key, { ...values });
}

export function useLanguage(): Language {
  const { i18n: translator } = useTranslation(undefined, { i18n: instance });
  return translator.language === 'en' ? 'en' : 'zh';
}

/** Brings in what the build left out of the scripts for this language, all at once; throws when it cannot be had. */
async function bringTexts(language: Language): Promise<void> {
  const address = textsLeftOut[language];
  if (!address) return;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const spaces: Readonly<Record<string, Chinese>> = await response.json();
  for (const [name, texts] of Object.entries(spaces)) instance.addResourceBundle(language, name, texts);
}

/** Shows the open page in this language and keeps it for later; without a connection to load its texts, the present one stays. */
export async function switchLanguage(language: Language): Promise<void> {
  try {
    await bringTexts(language);
  } catch {
    return;
  }
  setPreferences({ language });
  await instance.changeLanguage(language);
}
