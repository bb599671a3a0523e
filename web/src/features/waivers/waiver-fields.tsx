import { Stack, Textarea, TextInput } from '@mantine/core';
import { useTexts } from '../../lib/i18n.ts';
import { manageTexts } from './manage-texts.ts';

export type WaiverWords = { titleZh: string; titleEn: string; textZh: string; textEn: string };
export const noWords: WaiverWords = { titleZh: '', titleEn: '', textZh: '', textEn: '' };

const LONGEST_TITLE = 100;
const LONGEST_TEXT = 20_000;

/** Whether anything is left empty: both languages are asked for. */
export const isComplete = (words: WaiverWords): boolean =>
  [words.titleZh, words.titleEn, words.textZh, words.textEn].every((one) => one.trim() !== '');

/** The words as the API takes them. */
export const wordsOf = ({ titleZh, titleEn, textZh, textEn }: WaiverWords) => ({
  title: { zh: titleZh.trim(), en: titleEn.trim() },
  text: { zh: textZh.trim(), en: textEn.trim() },
});

type Props = { words: WaiverWords; asked: boolean; onChange: (part: Partial<WaiverWords>) => void };

/** Title and text of a waiver in both languages. */
export function WaiverFields({ words, asked, onChange }: Props) {
  const t = useTexts(manageTexts);
  const field = (name: keyof WaiverWords) => ({
    label: t(name),
    value: words[name],
    error: asked && !words[name].trim() ? t('missing') : undefined,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange({ [name]: currentTarget.value }),
  });
  return (
    <Stack gap="md">
      <TextInput {...field('titleZh')} maxLength={LONGEST_TITLE} lang="zh-CN" />
      <Textarea
        {...field('textZh')}
        size="md"
        rows={8}
        maxLength={LONGEST_TEXT}
        description={t('textHint')}
        lang="zh-CN"
      />
      <TextInput {...field('titleEn')} maxLength={LONGEST_TITLE} lang="en" />
      <Textarea
        {...field('textEn')}
        size="md"
        rows={8}
        maxLength={LONGEST_TEXT}
        description={t('textHint')}
        lang="en"
      />
    </Stack>
  );
}
