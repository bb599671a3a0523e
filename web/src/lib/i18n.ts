import i18next, { type i18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { currentLanguage, type Language, setPreferences } from './preferences.ts';

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
  fallbackLng: 'zh',
  initAsync: false,
  resources: {},
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

/** The texts of one feature, both languages complete. They travel with the feature's own code, not with the first page. */
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

export function switchLanguage(language: Language): void {
  setPreferences({ language });
  void instance.changeLanguage(language);
}
