import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { Offering, Room } from '../../../../shared/contracts/centers.ts';
import { addDays, type IsoDate } from '../../../../shared/kernel/days.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { DateStrip } from '../../components/date-strip.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { useAllowances } from '../../entities/allowances/allowances.ts';
import { RoomAllowance } from '../../entities/allowances/room-allowance.tsx';
import { beyondOf } from '../../entities/allowances/room-price.ts';
import { TooFarForNow } from '../../entities/no-shows/too-far-for-now.tsx';
import { peopleToBookFor } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';
import { useDraft } from '../../lib/draft.ts';
import { dayText, durationText, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { useSignedInPersonId } from '../../lib/tokens.ts';
import { endOf, possibleDurations } from './durations.ts';
import styles from './room.module.css';
import { RoomUses, resourcesOf, usesOf } from './room-uses.tsx';
import { useAvailability, useBookRoom } from './rooms.ts';
import { roomsTexts } from './texts.ts';
import { TimeGrid } from './time-grid.tsx';
import { usesTexts } from './uses-texts.ts';

type Props = {
  room: Room;
  /** What the center has beside it. */
  rooms: Room[];
  offerings: Offering[];
  /** A start chosen elsewhere. */
  start: string | undefined;
  today: IsoDate;
  date: IsoDate;
  onDate: (date: IsoDate) => void;
  onBooked: (booking: Booking) => void;
};

const WEEK = 7;
const nobody: string[] = [];
const empty = { startsAt: '', minutes: 60, purpose: '', beneficiaryId: '', offeringId: '', with: nobody };

const weekOf = (today: IsoDate, date: IsoDate): IsoDate => {
  let from = today;
  while (addDays(from, WEEK) <= date) from = addDays(from, WEEK);
  return from;
};

export function RoomForm({ room, rooms, offerings, start, today, date, onDate, onBooked }: Props) {
  const t = useTexts(roomsTexts);
  const ofUses = useTexts(usesTexts);
  const language = useLanguage();
  const [from, setFrom] = useState(() => weekOf(today, date));
  const [asked, setAsked] = useState(false);
  const { value: draft, change, clear } = useDraft(`room.${room.roomId}`, empty);
  useEffect(() => {
    if (start !== undefined) change({ startsAt: start });
  }, [start, change]);
  const uses = usesOf(offerings);
  const use = uses.find(({ offeringId }) => offeringId === draft.offeringId);
  const resources = resourcesOf(rooms);
  const together = draft.with.filter((id) => resources.some(({ roomId }) => roomId === id));
  const week = useAvailability(room.roomId, from, use?.offeringId);
  const book = useBookRoom(room.roomId);
  const personId = useSignedInPersonId();
  const me = useMe().data;
  const day = week.data?.find((it) => it.date === date);
  const durations =
    day && draft.startsAt ? possibleDurations(day.freeStarts, draft.startsAt, room.maxMinutesPerBooking) : [];
  const minutes = durations.includes(draft.minutes) ? draft.minutes : durations.at(-1);
  // By the hour, as the server reckons.
  const ownFen = use && minutes !== undefined ? Math.round((use.residentPriceFen * minutes) / 60) : 0;
  const people = me ? peopleToBookFor(me) : [];
  const beneficiaryId = people.find((it) => it.personId === draft.beneficiaryId)?.personId ?? personId;
  const allowances = useAllowances(beneficiaryId, date).data;
  const beyond = allowances && minutes !== undefined ? beyondOf(allowances.allowances, minutes, ownFen) : [];
  const priceFen = ownFen + Math.max(0, ...beyond.map((one) => one.priceFen));
  const choose = (part: Partial<typeof empty>) => {
    book.reset();
    change(part);
  };
  const submit = () => {
    setAsked(true);
    const purpose = draft.purpose.trim();
    if (minutes === undefined || !purpose || !beneficiaryId || book.isPending) return;
    book.mutate(
      {
        date,
        startsAt: draft.startsAt,
        endsAt: endOf(draft.startsAt, minutes),
        beneficiaryId,
        purpose,
        ...(use ? { offeringId: use.offeringId } : {}),
        ...(together.length > 0 ? { with: together } : {}),
        ...(allowances ? { priceFen } : {}),
      },
      {
        onSuccess: ({ booking }) => {
          clear();
          onBooked(booking);
        },
      },
    );
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.week}>
        <DateStrip
          from={from}
          today={today}
          value={date}
          closed={new Set(week.data?.filter(({ hours }) => hours.length === 0).map((it) => it.date))}
          onChange={onDate}
          onMove={(start) => {
            setFrom(start);
            onDate(start);
          }}
        />
        {week.isPending ? <LoadingCards count={2} /> : null}
        {week.error ? <Failure error={week.error} onRetry={() => void week.refetch()} /> : null}
        {day ? (
          <TimeGrid
            day={day}
            today={today}
            value={minutes === undefined ? '' : draft.startsAt}
            onChange={(startsAt) => choose({ startsAt })}
          />
        ) : null}
      </div>
      <div className={styles.choice}>
        <Text role="status" fw={700} size="lg" {...(asked && minutes === undefined ? { c: 'lychee' } : {})}>
          {minutes === undefined
            ? t('summaryNone')
            : t('summary', {
                day: dayText(date, language, today),
                from: draft.startsAt,
                to: endOf(draft.startsAt, minutes),
              })}
        </Text>
        <Stack gap="md">
          <NativeSelect
            label={t('duration')}
            disabled={durations.length === 0}
            value={String(minutes ?? '')}
            onChange={({ currentTarget }) => choose({ minutes: Number(currentTarget.value) })}
            data={durations.map((length) => ({ value: String(length), label: durationText(length, language) }))}
          />
          {people.length > 1 ? (
            <NativeSelect
              label={t('who')}
              value={beneficiaryId ?? ''}
              onChange={({ currentTarget }) => choose({ beneficiaryId: currentTarget.value })}
              data={people.map((it) => ({ value: it.personId, label: it.name }))}
            />
          ) : null}
          <RoomUses
            uses={uses}
            resources={resources}
            offeringId={draft.offeringId}
            chosen={together}
            onUse={(offeringId) => choose({ offeringId })}
            onToggle={(id) =>
              choose({ with: together.includes(id) ? together.filter((one) => one !== id) : [...together, id] })
            }
          />
          <TextInput
            label={t('purpose')}
            description={t('purposeHint')}
            error={asked && !draft.purpose.trim() ? t('purposeMissing') : undefined}
            maxLength={100}
            value={draft.purpose}
            onChange={({ currentTarget }) => choose({ purpose: currentTarget.value })}
          />
          {book.error ? (
            <Failure error={book.error} onRetry={submit}>
              <TooFarForNow error={book.error} />
              {isProblem(book.error, 'slot-taken', 'outside-opening-hours', 'in-the-past') ? (
                <Text size="sm">{t('otherTimes')}</Text>
              ) : null}
              {together.length > 0 && isProblem(book.error, 'slot-taken') ? (
                <Text size="sm">{ofUses('heldToo')}</Text>
              ) : null}
              {isProblem(book.error, 'person-busy', 'daily-limit') ? (
                <TextLink to="/bookings">{t('seeBookings')}</TextLink>
              ) : null}
            </Failure>
          ) : null}
          <RoomAllowance beyond={beyond} />
          {personId ? (
            <ActionButton type="submit" size="lg" pending={book.isPending}>
              {use?.policy?.approval ? ofUses('bookToHold') : ownFen > 0 ? ofUses('bookToPay') : t('book')}
            </ActionButton>
          ) : (
            <>
              <ButtonLink size="lg" to="/sign-in" search={{ from: `/rooms/${room.roomId}?date=${date}` }}>
                {t('signIn')}
              </ButtonLink>
              <Text size="sm">{t('signInNote')}</Text>
            </>
          )}
          {personId && minutes !== undefined ? (
            <TextLink
              to="/series/new"
              search={{
                ...{ room: room.roomId, date, startsAt: draft.startsAt, endsAt: endOf(draft.startsAt, minutes) },
                ...(use ? { use: use.offeringId } : {}),
                ...(together.length > 0 ? { with: together.join(',') } : {}),
              }}
            >
              {t('repeat')}
            </TextLink>
          ) : null}
          <Text size="sm" c="dimmed">
            {priceFen > 0 ? ofUses('total', { price: priceText(priceFen, language) }) : t('freeOfCharge')}
          </Text>
        </Stack>
      </div>
    </form>
  );
}
