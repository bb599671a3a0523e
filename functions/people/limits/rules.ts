import type { IsoDate } from '../../../shared/kernel/days.ts';
import { wrongField } from '../../../shared/kernel/refusal.ts';
import { CHILD_UNDER_YEARS, isChild } from '../profiles/rules.ts';

/** Refuses `invalid-input` when a court's limit is not about a child and another person. */
export function checkLimit(
  child: { personId: string; birthDate?: IsoDate | undefined },
  adultId: string,
  today: IsoDate,
) {
  if (child.personId === adultId) throw wrongField('body.adultId', 'other-person', 'must be somebody else');
  if (!isChild(child.birthDate, today))
    throw wrongField('path.personId', 'child-age', `a child is under ${CHILD_UNDER_YEARS}`);
}
