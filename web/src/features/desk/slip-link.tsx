import { IconPrinter } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { BookingId, PersonId } from '../../../../shared/contracts/common.ts';
import { ticketsOf } from '../../entities/bookings/slip-address.ts';
import { deskTexts } from '../../entities/desks/texts.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './desk.module.css';

type Props = { personId: PersonId; bookingId: BookingId; name: string };

/** The slip of one booking, in a tab of its own: the board stays where it is. */
export function SlipLink({ personId, bookingId, name }: Props) {
  const t = useTexts(deskTexts);
  return (
    <Link
      to="/slip/$tickets"
      params={{ tickets: ticketsOf([{ beneficiaryId: personId, bookingId }]) }}
      preload={false}
      target="_blank"
      className={styles.slip}
      aria-label={t('slip', { name })}
    >
      <IconPrinter aria-hidden stroke={1.6} />
    </Link>
  );
}
