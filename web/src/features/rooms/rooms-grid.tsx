import { type KeyboardEvent, type MouseEvent, memo, useEffect, useRef, useState } from 'react';
import type { RoomId } from '../../../../shared/contracts/common.ts';
import type { RoomWeek } from '../../../../shared/contracts/rooms.ts';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { dayText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './rooms-week.module.css';
import { startsIn } from './rooms-week.ts';
import { roomsWeekTexts } from './rooms-week-texts.ts';

type Props = {
  rooms: readonly RoomWeek[];
  date: IsoDate;
  /** The quarter-hours of the day, in order. */
  starts: readonly string[];
  onChoose: (roomId: RoomId, start: string) => void;
};
type At = { row: number; column: number };

/** Where a key leads from a cell; `undefined` for a key that is none of the grid's. */
function moved({ row, column }: At, key: string, ctrl: boolean, rows: number, columns: number): At | undefined {
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  switch (key) {
    case 'ArrowRight':
      return { row, column: within(column + 1, columns) };
    case 'ArrowLeft':
      return { row, column: within(column - 1, columns) };
    case 'ArrowDown':
      return { row: within(row + 1, rows), column };
    case 'ArrowUp':
      return { row: within(row - 1, rows), column };
    case 'PageDown':
      return { row, column: within(column + 4, columns) };
    case 'PageUp':
      return { row, column: within(column - 4, columns) };
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrl ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}

/**
 * Rooms by quarter-hours: one stop of the tab key, then the arrow keys; a finger scrolls sideways while the rooms' names stay. A free
 * quarter-hour is a button, a taken one says so and does nothing.
 */
export function RoomsGrid({ rooms, date, starts, onChoose }: Props) {
  const t = useTexts(roomsWeekTexts);
  const language = useLanguage();
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<At>();
  const firstOfEach = rooms.flatMap((room, row) => {
    const free = freeOf(room, date);
    const column = starts.findIndex((start) => free.has(start));
    return column < 0 ? [] : [{ row, column }];
  });
  const [firstFree] = firstOfEach;
  const stop = at ?? firstFree ?? { row: 0, column: 0 };
  // What is past lies to the left: the first free time is brought into view, the page stays where it is.
  const firstColumn = Math.min(starts.length - 1, ...firstOfEach.map(({ column }) => column));
  useEffect(() => {
    const cell = table.current?.querySelector<HTMLElement>(`[data-column="${firstColumn}"]`)?.closest('td');
    const names = table.current?.querySelector<HTMLElement>('tbody th');
    const box = table.current?.parentElement;
    if (cell && names && box) box.scrollLeft = cell.offsetLeft - names.offsetWidth;
  }, [firstColumn]);
  const follow = useRef(false);
  useEffect(() => {
    if (!follow.current || !at) return;
    follow.current = false;
    const cell = table.current?.querySelector<HTMLElement>(`[data-row="${at.row}"][data-column="${at.column}"]`);
    cell?.focus();
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);
  const cellOf = (target: EventTarget): At | undefined => {
    const cell = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-column]') : null;
    return cell ? { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) } : undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = cellOf(event.target);
    const to = from && moved(from, event.key, event.ctrlKey, rooms.length, starts.length);
    if (!to) return;
    event.preventDefault();
    follow.current = true;
    setAt(to);
  };
  const onClick = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    const room = cell && rooms[cell.row];
    const start = cell && starts[cell.column];
    if (!cell || !room || !start) return;
    setAt(cell);
    if (freeOf(room, date).has(start)) onChoose(room.roomId, start);
  };
  const hours = starts.filter((start) => start.endsWith(':00'));
  return (
    <table ref={table} className={styles.grid} onKeyDown={onKeyDown} onClick={onClick}>
      <caption className="visually-hidden">{t('grid', { day: dayText(date, language) })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('room')}</th>
          {hours.map((hour) => (
            <th
              key={hour}
              scope="colgroup"
              colSpan={starts.filter((start) => start.startsWith(hour.slice(0, 3))).length}
            >
              {hour}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rooms.map((room, row) => (
          <Row
            key={room.roomId}
            room={room}
            name={inLanguage(room.name, language)}
            date={date}
            row={row}
            starts={starts}
            stop={stop.row === row ? stop.column : -1}
          />
        ))}
      </tbody>
    </table>
  );
}

const freeOf = (room: RoomWeek, date: IsoDate): ReadonlySet<string> =>
  startsIn(room.days.find((day) => day.date === date)?.free ?? []);

type RowProps = {
  room: RoomWeek;
  name: string;
  date: IsoDate;
  row: number;
  starts: readonly string[];
  /** The cell of this row that the tab key reaches. */
  stop: number;
};

/** A row is drawn again only when the stop moves into it or out of it: there may be sixty. */
const Row = memo(function Row({ room, name, date, row, starts, stop }: RowProps) {
  const t = useTexts(roomsWeekTexts);
  const free = freeOf(room, date);
  return (
    <tr>
      <th scope="row">
        {name} <span>{t('seats', { count: room.seats })}</span>
      </th>
      {starts.map((start, column) => {
        const isFree = free.has(start);
        return (
          <td key={start} className={start.endsWith(':00') ? styles.hour : undefined}>
            <button
              type="button"
              data-row={row}
              data-column={column}
              tabIndex={column === stop ? 0 : -1}
              className={isFree ? styles.free : styles.taken}
              aria-disabled={!isFree}
              aria-label={t(isFree ? 'cellFree' : 'cellTaken', { room: name, time: start })}
            />
          </td>
        );
      })}
    </tr>
  );
});
