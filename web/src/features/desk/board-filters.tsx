import { NativeSelect, TextInput } from '@mantine/core';
import {
  IconCircleCheckFilled,
  IconCircleDashed,
  IconClockExclamation,
  IconDoorExit,
  IconSearch,
} from '@tabler/icons-react';
import type { CivilTime } from '../../../../shared/kernel/days.ts';
import { deskTexts } from '../../entities/desks/texts.ts';
import { cityTexts, isService } from '../../lib/city.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import type { BoardSession } from './board.ts';
import { countsOf, type Filter, looksForPeople, whereaboutsList } from './board-rules.ts';
import styles from './desk.module.css';

export const whereaboutsIcon = {
  expected: IconCircleDashed,
  missing: IconClockExclamation,
  here: IconCircleCheckFilled,
  left: IconDoorExit,
} as const;

type Props = {
  sessions: readonly BoardSession[];
  shown: readonly BoardSession[];
  now: CivilTime;
  filter: Filter;
  onChange: (filter: Filter) => void;
};

/** How many are expected, missing, here and gone: each number narrows the list to just these people. */
export function BoardFilters({ sessions, shown, now, filter, onChange }: Props) {
  const t = useTexts(deskTexts);
  const city = useTexts(cityTexts);
  const counts = countsOf(
    filter.service ? sessions.filter(({ service }) => service === filter.service) : sessions,
    now,
  );
  const services = [...new Set(sessions.map(({ service }) => service))];
  const found = shown.reduce((sum, { seats }) => sum + seats.length, 0);
  return (
    <search className={styles.filters}>
      <fieldset className={styles.counts}>
        <legend className="visually-hidden">{t('summary')}</legend>
        {whereaboutsList.map((whereabouts) => {
          const Icon = whereaboutsIcon[whereabouts];
          const chosen = filter.whereabouts === whereabouts;
          const state = t(`whereabouts.${whereabouts}`);
          return (
            <button
              key={whereabouts}
              type="button"
              className={classes(styles.count, styles[`where-${whereabouts}`])}
              aria-pressed={chosen}
              onClick={() => onChange({ ...filter, whereabouts: chosen ? undefined : whereabouts })}
            >
              <Icon aria-hidden />
              <span className={styles.countNumber}>{counts[whereabouts]}</span>
              <span>{state}</span>
            </button>
          );
        })}
      </fieldset>
      <div className={styles.narrow}>
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          type="search"
          leftSection={<IconSearch size="1.125rem" aria-hidden />}
          value={filter.text}
          onChange={({ currentTarget }) => onChange({ ...filter, text: currentTarget.value })}
          onKeyDown={({ key }) => {
            if (key === 'Escape') onChange({ ...filter, text: '' });
          }}
        />
        <NativeSelect
          aria-label={t('service')}
          value={filter.service ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...filter, service: isService(value) ? value : undefined })
          }
          data={[
            { value: '', label: t('allServices') },
            ...services.map((service) => ({ value: service, label: city(`service.${service}`) })),
          ]}
        />
      </div>
      <p role="status" className={classes(styles.soft, styles.found)}>
        {looksForPeople(filter) ? t('found', { count: found }) : ''}
      </p>
    </search>
  );
}
