import { Text } from '@mantine/core';
import { dayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { useCityNow } from '../../lib/today.ts';
import { noShowTexts } from './texts.ts';

/** Beside the refusal of a date too far ahead: that it is for no-shows, how far one books for now, and when that ends by itself. */
export function TooFarForNow({ error }: { error: Error }) {
  const t = useTexts(noShowTexts);
  const language = useLanguage();
  const now = useCityNow();
  if (!isProblem(error, 'too-far-ahead') || error.fact('because') !== 'no-shows') return null;
  const { days, noShows } = error.problem.facts ?? {};
  const clearsOn = error.fact('clearsOn');
  return (
    <Text size="sm">
      {t('tooFar', { horizon: Number(days), count: Number(noShows) })}{' '}
      {clearsOn ? t('clears', { date: dayText(clearsOn, language, now.date) }) : null}
    </Text>
  );
}
