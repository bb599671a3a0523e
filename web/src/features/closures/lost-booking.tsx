import { IconArrowRight } from '@tabler/icons-react';
import type { ClosurePlace, ClosurePreview } from '../../../../shared/contracts/closures.ts';
import { dayText, inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage } from '../../lib/i18n.ts';

/** Whose booking cannot take place. */
export function LostBooking({ lost }: { lost: Omit<ClosurePreview['affected'][number], 'place'> }) {
  const language = useLanguage();
  const { name, title, date, startsAt, endsAt } = lost;
  return (
    <div className="closure-lost">
      <strong>{name}</strong>
      <span>
        {inLanguage(title, language)} ·{' '}
        <time dateTime={`${date}T${startsAt}`}>
          {dayText(date, language)} {timeRange(startsAt, endsAt)}
        </time>
      </span>
    </div>
  );
}

/** Where they could go, or are going, instead. */
export function OtherPlace({ place, label }: { place: ClosurePlace; label: string }) {
  const language = useLanguage();
  const { centerName, title, date, startsAt, endsAt } = place;
  return (
    <p className="closure-place">
      <IconArrowRight size="1rem" aria-hidden />
      <span className="visually-hidden">{label}</span>
      <span>
        {inLanguage(centerName, language)} · {inLanguage(title, language)} ·{' '}
        <time dateTime={`${date}T${startsAt}`}>
          {dayText(date, language)} {timeRange(startsAt, endsAt)}
        </time>
      </span>
    </p>
  );
}
