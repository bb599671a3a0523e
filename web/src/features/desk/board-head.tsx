import { Alert, Button, Group, NativeSelect } from '@mantine/core';
import {
  IconCalendarOff,
  IconChecklist,
  IconChevronLeft,
  IconChevronRight,
  IconInfoCircle,
  IconLock,
  IconMessageQuestion,
  IconSignature,
  IconTicket,
} from '@tabler/icons-react';
import type { Center } from '../../../../shared/contracts/centers.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { addDays, type IsoDate, isIsoDate } from '../../../../shared/kernel/days.ts';
import { ButtonLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { deskTexts } from '../../entities/desks/texts.ts';
import { dayText, inLanguage, nearDayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './desk.module.css';

type Props = {
  desks: Center[];
  centerId: CenterId;
  date: IsoDate;
  today: IsoDate;
  onCenter: (centerId: CenterId) => void;
  onDate: (date: IsoDate) => void;
};

/** Which center, which day. */
export function BoardHead({ desks, centerId, date, today, onCenter, onDate }: Props) {
  const t = useTexts(deskTexts);
  const language = useLanguage();
  const center = desks.find((desk) => desk.centerId === centerId);
  const near = nearDayText(date, language, today);
  return (
    <div className={styles.head}>
      <div>
        <p className={styles.soft}>{center ? inLanguage(center.name, language) : centerId}</p>
        <PageTitle mb="0" documentTitle={t('title')}>
          {dayText(date, language, today)}
          {near ? <span className={styles.near}>{near}</span> : null}
        </PageTitle>
      </div>
      <div className={styles.headControls}>
        <ButtonLink
          variant="default"
          to="/desk/$centerId/doors"
          params={{ centerId }}
          leftSection={<IconLock size="1.125rem" aria-hidden />}
        >
          {t('doors')}
        </ButtonLink>
        <ButtonLink
          variant="default"
          to="/desk/$centerId/passes"
          params={{ centerId }}
          leftSection={<IconTicket size="1.125rem" aria-hidden />}
        >
          {t('passes')}
        </ButtonLink>
        <ButtonLink variant="default" to="/waivers" leftSection={<IconSignature size="1.125rem" aria-hidden />}>
          {t('waivers')}
        </ButtonLink>
        <ButtonLink
          variant="default"
          to="/desk/$centerId/closures"
          params={{ centerId }}
          leftSection={<IconCalendarOff size="1.125rem" aria-hidden />}
        >
          {t('closures')}
        </ButtonLink>
        <ButtonLink
          variant="default"
          to="/desk/$centerId/approvals"
          params={{ centerId }}
          leftSection={<IconChecklist size="1.125rem" aria-hidden />}
        >
          {t('approvals')}
        </ButtonLink>
        <ButtonLink
          variant="default"
          to="/desk/$centerId/appeals"
          params={{ centerId }}
          leftSection={<IconMessageQuestion size="1.125rem" aria-hidden />}
        >
          {t('appeals')}
        </ButtonLink>
        {desks.length > 1 ? (
          <NativeSelect
            aria-label={t('center')}
            value={centerId}
            onChange={({ currentTarget }) => onCenter(currentTarget.value)}
            data={desks.map((desk) => ({ value: desk.centerId, label: inLanguage(desk.name, language) }))}
          />
        ) : null}
        <fieldset className={styles.days}>
          <legend className="visually-hidden">{t('day')}</legend>
          <button type="button" aria-label={t('dayBefore')} onClick={() => onDate(addDays(date, -1))}>
            <IconChevronLeft aria-hidden />
          </button>
          <input
            type="date"
            aria-label={t('day')}
            value={date}
            required
            onChange={({ currentTarget }) => {
              if (isIsoDate(currentTarget.value)) onDate(currentTarget.value);
            }}
          />
          <button type="button" aria-label={t('dayAfter')} onClick={() => onDate(addDays(date, 1))}>
            <IconChevronRight aria-hidden />
          </button>
        </fieldset>
      </div>
      {date === today ? null : (
        <Alert className={styles.otherDay} color="gray" variant="light" icon={<IconInfoCircle aria-hidden />}>
          <Group justify="space-between" gap="xs">
            {t('otherDay')}
            <Button size="sm" variant="default" onClick={() => onDate(today)}>
              {t('toToday')}
            </Button>
          </Group>
        </Alert>
      )}
    </div>
  );
}
