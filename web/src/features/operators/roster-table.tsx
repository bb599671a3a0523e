import { IconCircleCheckFilled, IconCircleDashed, IconDoorExit, IconUserX } from '@tabler/icons-react';
import type { BoardSeat } from '../../../../shared/contracts/desk.ts';
import { clockOf } from '../../lib/clock-text.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './roster.module.css';
import { rosterTexts } from './texts.ts';

const icons = {
  booked: IconCircleDashed,
  'checked-in': IconCircleCheckFilled,
  'checked-out': IconDoorExit,
  'no-show': IconUserX,
  excused: IconUserX,
} as const;

const timeOf = (instant: string | undefined): string => (instant ? clockOf(instant) : '');

/** Names, ages and where they are; on paper the times are left to be written and there is room to sign. */
export function RosterTable({ seats, caption }: { seats: BoardSeat[]; caption: string }) {
  const t = useTexts(rosterTexts);
  return (
    <table className={styles.roster}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('number')}</th>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('age')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('in')}</th>
          <th scope="col">{t('out')}</th>
          <th scope="col" className={styles.code}>
            {t('code')}
          </th>
          <th scope="col" className={styles.signature}>
            {t('signature')}
          </th>
        </tr>
      </thead>
      <tbody className="numbers">
        {seats.map(({ personId, name, ageYears, state, shortCode, checkedInAt, checkedOutAt }, index) => {
          const Icon = icons[state];
          return (
            <tr key={personId}>
              <td>{index + 1}</td>
              <th scope="row">{name}</th>
              <td>{ageYears === undefined ? '' : t('years', { age: ageYears })}</td>
              <td className={styles[`state-${state}`]}>
                <span className={styles.state}>
                  <Icon aria-hidden />
                  {t(`state.${state}`)}
                </span>
              </td>
              <td>{timeOf(checkedInAt)}</td>
              <td>{timeOf(checkedOutAt)}</td>
              <td className={styles.code}>{shortCode}</td>
              <td className={styles.signature} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
