import { IconArrowRight } from '@tabler/icons-react';
import type { ClosurePlace, ClosurePreview, ClosureWaitRow } from '../../../../shared/contracts/closures.ts';
import type { Localized } from '../../../../shared/contracts/common.ts';
import { dayText, inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './closures.module.css';
import { closureTexts } from './texts.ts';

type Timed = { title: Localized; date: string; startsAt: string; endsAt: string };

/** Whose booking cannot take place, and whether they were several. */
export function LostBooking({ lost }: { lost: Omit<ClosurePreview['affected'][number], 'place'> }) {
  const t = useTexts(closureTexts);
  const { name, party = 1, apart } = lost;
  return (
    <div className={styles.lost}>
      <strong>{name}</strong>
      <WhatAndWhen of={lost} />
      {party > 1 ? <span className={styles.party}>{t(apart ? 'apart' : 'together', { count: party })}</span> : null}
    </div>
  );
}

/** Who waits for what cannot take place. */
export function LostWait({ lost }: { lost: Pick<ClosureWaitRow, 'names' | keyof Timed> }) {
  const language = useLanguage();
  return (
    <div className={styles.lost}>
      <strong>{lost.names.join(language === 'zh' ? '、' : ', ')}</strong>
      <WhatAndWhen of={lost} />
    </div>
  );
}

/** Where they could go, or are going, instead. */
export function OtherPlace({ place, label }: { place: ClosurePlace; label: string }) {
  const language = useLanguage();
  return (
    <p className={styles.place}>
      <IconArrowRight size="1rem" aria-hidden />
      <span className="visually-hidden">{label}</span>
      <WhatAndWhen of={place} at={inLanguage(place.centerName, language)} />
    </p>
  );
}

function WhatAndWhen({ of: { title, date, startsAt, endsAt }, at }: { of: Timed; at?: string }) {
  const language = useLanguage();
  return (
    <span className={styles.when}>
      <span>
        {at ? `${at} · ` : ''}
        {inLanguage(title, language)}
      </span>
      <time dateTime={`${date}T${startsAt}`}>
        {dayText(date, language)} {timeRange(startsAt, endsAt)}
      </time>
    </span>
  );
}
